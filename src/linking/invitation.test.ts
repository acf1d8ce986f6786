import { expect, it } from 'vitest';
import { PROJECT } from '../testing/linking-room.ts';
import {
  isInvitation,
  newLinkageSecret,
  newRoomKey,
  parseInvitation,
  providerLink,
  roomSecret,
  unitLink,
} from './invitation.ts';
import { checkProject, decodeProject, encodeProject, projectDigest } from './project.ts';

const base = 'https://example.org/#/linking';
const roomKey = newRoomKey();
const secret = newLinkageSecret();
const project = projectDigest(encodeProject(PROJECT));
const fragment = (link: string) => new URL(link).hash;

it('gives providers the linkage secret and a room of their own, behind the fragment', () => {
  const link = providerLink(base, { roomKey, project, number: 2, secret });
  expect(link.split('#')[0]).toBe('https://example.org/');
  expect(isInvitation(fragment(link))).toBe(true);
  expect(parseInvitation(fragment(link))).toEqual({
    as: 'provider',
    number: 2,
    project,
    room: roomSecret(roomKey, 2),
    secret,
  });
  expect(roomSecret(roomKey, 1)).not.toEqual(roomSecret(roomKey, 2));
});

it('never gives the linkage unit the secret', () => {
  const link = unitLink(base, { roomKey, project, providers: 3 });
  expect(link).not.toContain(secret);
  expect(parseInvitation(fragment(link))).toEqual({ as: 'unit', providers: 3, project, key: roomKey });
});

it('refuses links that lost a part or gained one', () => {
  const link = unitLink(base, { roomKey, project, providers: 3 });
  for (const wrong of [
    link.slice(0, -2),
    link.replace('providers=3', 'providers=1'),
    `${link}&secret=x`,
    `${base}?as=x`,
  ]) {
    expect(() => parseInvitation(fragment(wrong))).toThrow(/not a whole link/);
  }
  expect(isInvitation('#/linking')).toBe(false);
});

it('reads a project only if it is the one the link was made for', () => {
  const bytes = encodeProject(PROJECT);
  expect(decodeProject(bytes, project)).toEqual(PROJECT);
  expect(() => decodeProject(encodeProject({ ...PROJECT, notes: 'x' }), project)).toThrow(/not the one/);
});

it('says what is wrong with a project', () => {
  expect(() => checkProject({ ...PROJECT, name: ' ' })).toThrow('Give the project a name.');
  expect(() => checkProject({ ...PROJECT, providers: 1 })).toThrow('at least 2');
  expect(() => checkProject({ ...PROJECT, resultType: 'mapping', providers: 3 })).toThrow('Choose groups');
  expect(() => checkProject({ ...PROJECT, linkageSchema: '{}' })).toThrow('The linkage schema: ');
  expect(() => checkProject({ ...PROJECT, blockingSchema: '{' })).toThrow('The blocking schema: ');
});
