// The layouts are data beside the code: the built program reads them from dist/layouts.
import { cpSync, rmSync } from 'node:fs';

rmSync('dist/layouts', { recursive: true, force: true });
cpSync('src/layouts', 'dist/layouts', { recursive: true });
