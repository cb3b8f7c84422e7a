import { defineConfig } from "vite";

// The pages name the two files, so their names are fixed; the server adds a content hash to the address.
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    outDir: "../ActionMail.Server/wwwroot/assets",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: "src/inbox.ts",
      output: {
        entryFileNames: "inbox.js",
        chunkFileNames: "[name].js",
        assetFileNames: "inbox[extname]",
      },
    },
  },
});
