/** Goes up from where one is to the folder of a repository that has the command. */
const root = `local root="$PWD"
  while [ -n "$root" ] && [ ! -f "$root/tools/aviary.mjs" ]; do root="\${root%/*}"; done`;

const posix = `aviary() {
  ${root}
  if [ -z "$root" ]; then
    echo "aviary: neither this folder nor one above it is a clone of the repository." >&2
    return 2
  fi
  node "$root/tools/aviary.mjs" "$@"
}`;

/**
 * For each shell, a script that makes a command \`aviary\` of the repository that one is in, and has Tab complete it. What
 * it completes with is asked of that repository at each Tab, so that it knows its functions and stages.
 */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `${posix}

_aviary() {
  ${root}
  [ -n "$root" ] || return
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  local IFS=$'\\n'
  COMPREPLY=($(node "$root/tools/completion/complete.mjs" "\${words[@]}"))
}
complete -o default -F _aviary aviary
`,
  zsh: `${posix}

_aviary() {
  ${root}
  [ -n "$root" ] || return
  local -a found
  found=("\${(@f)$(node "$root/tools/completion/complete.mjs" "\${(@)words[2,CURRENT]}")}")
  if [ -n "$found[1]" ]; then compadd -- $found; else _files; fi
}
whence compdef > /dev/null || { autoload -Uz compinit && compinit }
compdef _aviary aviary
`,
  fish: `function __aviary_root
    set -l root $PWD
    while test -n "$root"; and not test -f "$root/tools/aviary.mjs"
        set root (string replace -r '/[^/]*$' '' -- $root)
    end
    echo $root
end

function aviary
    set -l root (__aviary_root)
    if test -z "$root"
        echo 'aviary: neither this folder nor one above it is a clone of the repository.' >&2
        return 2
    end
    node "$root/tools/aviary.mjs" $argv
end

function __aviary_complete
    set -l root (__aviary_root)
    test -n "$root"; or return
    set -l words (commandline -opc)
    set -l found (node $root/tools/completion/complete.mjs $words[2..] (commandline -ct))
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end

complete -c aviary -f -a '(__aviary_complete)'
`,
};
