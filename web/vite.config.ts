import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { readEnv } from './env.ts';
import { overwriteForwarded } from './server/forwarded-headers.ts';

/** Sonner injects an inline <style>, which the content security policy forbids; main.tsx imports the styles as a file instead. */
function sonnerStylesFromFile(): Plugin {
  return {
    name: 'sonner-styles-from-file',
    transform(code, id) {
      return id.includes('/sonner/dist/index.mjs') ? code.replace(/^__insertCSS\(.*$/mu, '') : undefined;
    },
  };
}

/** Like the production server: a client's claims about its own address do not reach the API. */
function clientAddressFromSocket(): Plugin {
  return {
    name: 'client-address-from-socket',
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        overwriteForwarded(request.headers, request.socket.remoteAddress);
        next();
      });
    },
  };
}

export default defineConfig(() => {
  const { apiUrl, port, host } = readEnv(process.env);
  return {
    root: import.meta.dirname,
    plugins: [react(), tailwindcss(), sonnerStylesFromFile(), clientAddressFromSocket()],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: 'es2024',
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
    server: {
      port,
      host,
      proxy: Object.fromEntries(['/api', '/openapi.json', '/docs'].map((path) => [path, { target: apiUrl }])),
    },
  };
});
