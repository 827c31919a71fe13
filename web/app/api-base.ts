/** Same origin in every setting: the web server and Vite's dev server hand it on to the API. */
export const API_BASE = '/api/v1';
