import { defineConfig } from "vite";

// The pages name the files, so their names are fixed; the server adds a content hash to the address. The entries share nothing: a page of the
// inbox loads one script.
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
      input: { inbox: "src/inbox.ts", dashboard: "src/dashboard.ts", accounts: "src/accounts.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
