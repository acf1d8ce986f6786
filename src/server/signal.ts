import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';

/** What a page may say to the signalling server, as PeerJS says it; what it wants passed on is the other page's to read. */
const signalSchema = z.object({
  type: z.enum(['HEARTBEAT', 'OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE']),
  dst: z.string().max(200).optional(),
  payload: z.unknown().optional(),
});

/** Whether `text` is a message of PeerJS to its server. */
export function isSignal(text: string): boolean {
  const json = readJson(text);
  return 'data' in json && 'data' in checked(signalSchema, json.data);
}
