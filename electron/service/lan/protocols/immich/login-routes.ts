import { Router } from 'express';
import { z } from 'zod';

import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import { authenticate, tokenOf } from '../../authenticate.ts';
import { readJson, type JsonLimits } from '../../read-json.ts';

import { parsed } from './asset-routes.ts';
import { answerImmich } from './immich-answer.ts';

/** Anybody on the network may send this. */
const LIMITS: JsonLimits = { maxByteCount: 16 * 1024, withinMs: 15_000 };

const loginSchema = z.object({ email: z.string().max(320), password: z.string().max(1024) });

export interface LoginParts {
  readonly devices: Devices;
  readonly loginNameOf: (device: TrustedDevice) => string;
}

/** Logging in with a name and a password, for apps that know no other way. */
export function loginRoutes({ devices, loginNameOf }: LoginParts): Router {
  const router = Router({ caseSensitive: true });

  router.post('/api/auth/login', async (request, response) => {
    const { email, password } = parsed(loginSchema, await readJson(request, response, LIMITS));
    const address = request.socket.remoteAddress ?? '';
    const { device, token } = await devices.login(email, password, address);
    answerImmich(
      request,
      response,
      {
        accessToken: token,
        userId: device.deviceId,
        userEmail: loginNameOf(device),
        name: device.name,
        isAdmin: false,
        isOnboarded: true,
        profileImagePath: '',
        shouldChangePassword: false,
      },
      201,
    );
  });

  router.post('/api/auth/validateToken', (request, response) => {
    authenticate(request, devices);
    answerImmich(request, response, { authStatus: true });
  });

  router.get('/api/auth/status', (request, response) => {
    authenticate(request, devices);
    answerImmich(request, response, { isElevated: false, password: true, pinCode: false });
  });

  router.post('/api/auth/logout', async (request, response) => {
    authenticate(request, devices);
    await devices.logout(tokenOf(request.headers) ?? '');
    answerImmich(request, response, { successful: true, redirectUri: '' });
  });
  return router;
}
