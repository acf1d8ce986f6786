import type { DataChannelTransport } from './data-channel-transport.ts';

/**
 * Ends the connection as its page goes, while `wanted` says so: the other page then hears of it at once, and not by silence. What
 * is queued goes with it, and is sent again to a page that comes back.
 */
export function endWithPage({ connection }: DataChannelTransport, wanted: () => boolean): void {
  const end = () => {
    if (wanted()) connection.peerConnection?.close();
  };
  addEventListener('pagehide', end);
  connection.once('close', () => removeEventListener('pagehide', end));
}
