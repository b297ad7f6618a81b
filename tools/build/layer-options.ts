/** Import paths of the shared layer start so; tsconfig.json `paths`, jest and the lint rules have the same name. */
export const sharedAlias = '@shared/';

/** Folder of the shared layer's sources. */
export const sharedSource = 'layers/shared/src';

/** Folder of the entries of the dependencies layer: one file per import path, listing the names in use. */
export const dependenciesSource = 'layers/dependencies/src';

/** esbuild target of both layers: the runtime of the functions in template.yaml. */
export const layerTarget = 'node24';

/** Where a layer keeps what `require` finds. (AWS Lambda, "Layer paths for each Lambda runtime".) */
export const layerModules = 'nodejs/node_modules';

/** Beside the packages: the one file that has all modules of the shared layer. */
export const sharedFile = 'shared-layer.js';
