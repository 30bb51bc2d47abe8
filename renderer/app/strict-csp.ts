import { z } from 'zod';

// zod would try `new Function` to speed itself up; the content security policy forbids and reports it.
z.config({ jitless: true });
