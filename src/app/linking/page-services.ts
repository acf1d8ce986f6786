import { QUEUE_PATH } from '../../linking/queue-messages.ts';
import type { LinkingServices } from './participants.ts';

/**
 * The network and the workers of a real page, loaded when a room is wanted.
 * @throws ConfigError
 */
export async function pageServices(): Promise<LinkingServices> {
  const [room, memory, net, engine] = await Promise.all([
    import('../../net/room.ts'),
    import('../../channel/memory-channel.ts'),
    import('../../net/config.ts'),
    import('../../linking/run-pool.ts'),
  ]);
  const base = location.href.split('#', 1)[0] ?? location.href;
  return {
    config: await net.loadNetConfig(),
    base,
    hostRoom: room.hostRoom,
    joinRoom: room.joinRoom,
    memoryChannelPair: () => memory.memoryChannelPair(),
    openEngine: () => new engine.LinkagePool(),
    openQueueSocket: () => new WebSocket(new URL(QUEUE_PATH, base.replace(/^http/, 'ws'))),
  };
}
