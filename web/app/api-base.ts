/** Same origin everywhere: the web server and Vite's dev server proxy this path to the API. */
export const API_BASE = '/api/v1';
