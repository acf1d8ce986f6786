import { Queue } from 'bullmq';
import type { QueueAddress } from './address.ts';
import { answeredInTime, connectToQueue } from './connection.ts';
import { PREFIX, QUEUE } from './run-keys.ts';

/**
 * Workers that wait on a queue now.
 * @throws QueueError when it cannot be used, or does not answer in time
 */
export async function countWorkers(address: QueueAddress): Promise<number> {
  const redis = await connectToQueue(address);
  try {
    const queue = new Queue(QUEUE, { connection: redis, prefix: PREFIX });
    queue.on('error', () => {});
    return (await answeredInTime(address, queue.getWorkers())).length;
  } finally {
    redis.disconnect();
  }
}
