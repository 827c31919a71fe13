import { configure } from '@testing-library/react';

/** How long a component test waits for an element; the library's default of 1 s is too short on a busy machine. */
const WAIT_MS = 20_000;

configure({ asyncUtilTimeout: WAIT_MS });
