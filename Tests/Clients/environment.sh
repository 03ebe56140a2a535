# Sourced by the scripts that need Python: environments of pinned packages, kept under .build/clients.

# Prints the Python of the environment made of a requirements file; fails with a reason on standard error when it cannot be had.
client_python() {
    local requirements=$1 folder
    folder=.build/clients/$(basename "$requirements" .txt)
    if ! cmp --silent "$requirements" "$folder/installed.txt"; then
        if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
            echo "Python 3 with venv is missing (Debian: python3-venv)" >&2
            return 1
        fi
        rm -rf "$folder"
        mkdir -p "$folder"
        if ! python3 -m venv "$folder" >"$folder.log" 2>&1 </dev/null \
            || ! "$folder/bin/pip" install --quiet --disable-pip-version-check --retries 2 --timeout 30 --requirement "$requirements" >>"$folder.log" 2>&1 </dev/null; then
            echo "the packages of $requirements cannot be installed (see $folder.log)" >&2
            return 1
        fi
        cp "$requirements" "$folder/installed.txt" || return 1
    fi
    echo "$folder/bin/python"
}

# Builds the released program unless CUSTOMEROS_BINARY names one.
client_binary() {
    if [[ -z ${CUSTOMEROS_BINARY:-} ]]; then
        swift build --configuration release --product customeros-api >&2
        CUSTOMEROS_BINARY=$(swift build --configuration release --show-bin-path)/customeros-api
    fi
    export CUSTOMEROS_BINARY PYTHONDONTWRITEBYTECODE=1
}
