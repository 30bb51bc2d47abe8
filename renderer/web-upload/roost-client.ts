import type { CheckAnswer, CheckEntry, Ping } from '../../shared/native-protocol.ts';

import { call } from './http.ts';
import { fieldsOf, outcomeOf, parsedJson, type Outcome } from './outcome.ts';

/** The calls of native protocol v1 that carry no file, to the computer the page came from. */
export class RoostClient {
  readonly #token: string;

  /** Without a token only `ping` and `pair` are answered. */
  constructor(token = '') {
    this.#token = token;
  }

  async ping(): Promise<Outcome<Ping>> {
    return this.#call('GET', '/v1/ping', undefined, isPing);
  }

  async pair(
    code: string,
    name: string,
  ): Promise<Outcome<{ token: string; server: { id: string; name: string } }>> {
    const device = { name, model: '', platform: 'web', app: 'Roost web page' };
    return this.#call('POST', '/v1/pair', { code, device }, isPairAnswer);
  }

  /** Answers stand in the order of the questions. */
  async check(
    resources: readonly CheckEntry[],
    signal?: AbortSignal,
  ): Promise<Outcome<CheckAnswer>> {
    const isAnswer = (value: unknown): value is CheckAnswer => answersAll(value, resources);
    return this.#call('POST', '/v1/check', { resources }, isAnswer, signal);
  }

  async #call<T>(
    method: string,
    path: string,
    body: unknown,
    isAnswer: (value: unknown) => value is T,
    signal?: AbortSignal,
  ): Promise<Outcome<T>> {
    const headers = {
      ...(this.#token !== '' && { Authorization: `Bearer ${this.#token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const text = body === undefined ? undefined : JSON.stringify(body);
    return outcomeOf(await call({ method, path, headers }, text, signal), (answer) => {
      const value = parsedJson(answer.text);
      return isAnswer(value) ? value : undefined;
    });
  }
}

function isPing(value: unknown): value is Ping {
  const { roost, id, name } = fieldsOf(value);
  return roost === 1 && typeof id === 'string' && typeof name === 'string';
}

function isPairAnswer(
  value: unknown,
): value is { token: string; server: { id: string; name: string } } {
  const { token, server } = fieldsOf(value);
  const { id, name } = fieldsOf(server);
  return typeof token === 'string' && typeof id === 'string' && typeof name === 'string';
}

function answersAll(value: unknown, asked: readonly CheckEntry[]): value is CheckAnswer {
  const { resources } = fieldsOf(value);
  return (
    Array.isArray(resources) &&
    resources.length === asked.length &&
    resources.every((answer: unknown, index) => {
      const { assetKey, resourceType, needed, receiptId } = fieldsOf(answer);
      return (
        assetKey === asked[index]?.assetKey &&
        resourceType === asked[index]?.resourceType &&
        // What is not needed is safe only with the receipt that proves it.
        (needed === true || (needed === false && typeof receiptId === 'string'))
      );
    })
  );
}
