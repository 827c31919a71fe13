import { createContext, useContext } from 'react';
import type { HttpClient } from './http-client.ts';

export const HttpContext = createContext<HttpClient | undefined>(undefined);

export function useHttp(): HttpClient {
  const http = useContext(HttpContext);
  if (!http) throw new Error('HttpContext is missing');
  return http;
}
