import { configure } from '@testing-library/react';

/** How long a component test waits for what ought to appear; the library's own second is short on a busy machine. */
const WAIT_MS = 20_000;

configure({ asyncUtilTimeout: WAIT_MS });
