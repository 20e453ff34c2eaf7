#!/usr/bin/env python3
"""What the libraries of floors 0 to 2 call, as the linker sees it: nothing that could make two runs
differ.

symbols.py ARCHIVE... names each banned symbol that an object needs, and what to use instead.
"""

import re
import subprocess
import sys

# A whole undefined symbol, demangled; what to use instead.
BANNED = [
    (r"std::chrono::.*|clock_gettime|gettimeofday|timespec_get|time|clock|localtime(_r)?|gmtime(_r)?",
     "no wall clock: ask ctx for now"),
    (r"(nano|u)?sleep", "no waiting: start a timer"),
    (r"s?rand(om|48)?(_r)?|drand48|lrand48|getrandom|getentropy|arc4random.*|std::random_device::.*",
     "no randomness of the system's: sim/base/random.h"),
    (r"(secure_)?getenv|std::locale::.*|setlocale", "no environment: options come in the scenario"),
    (r"pthread_.*|std::(thread|mutex|condition_variable|this_thread)\b.*|sem_.*",
     "one thread runs one World"),
    (r"(exp|exp2|expm1|log|log2|log10|log1p|pow|sqrt|cbrt|hypot|a?(sin|cos|tan)h?|atan2|floor|ceil|"
     r"round|lround|llround|trunc|rint|nearbyint|fmod|remainder|fma|ldexp|frexp|modf)[fl]?",
     "no libm: integers; sim/base/distribution.h"),
    (r"__(add|sub|mul|div|neg|cmp|unord|eq|ne|lt|le|gt|ge|pow)i?[sdtx]f[23i]?|__fix.*|__float.*|"
     r"__(extend|trunc)[sdtxh]f.*", "no floating point, not even in software: integers"),
    (r"ato[f]|strto(f|d|ld)|std::(to_chars|from_chars)\(.*(float|double).*",
     "no floating point: parse a ratio of integers"),
    (r"f?open(64)?|freopen(64)?|creat(64)?|std::(basic_)?(i|o)?f(stream|ilebuf).*|"
     r"std::filesystem::.*", "no files: they belong to sim/scenario and sim/report"),
    (r"std::(cout|cerr|cin|clog)|printf|puts|putchar", "say it as data: Trace, Facts, Diagnostics"),
    (r"std::__detail::_Prime_rehash_policy::.*|std::_Hash_bytes\(.*",
     "no hash table or hash of the library's: std::map, name_hash()"),
    (r"qsort(_r)?", "equal keys end up in any order: std::stable_sort"),
]


def findings(nm_output):
    """What stands in the output of `nm -uC`, as lines to print."""
    member = ""
    for line in nm_output.splitlines():
        if line.endswith(":"):
            member = line[:-1]
            continue
        match = re.match(r"\s*[UwWv] (.+)$", line)
        if not match:
            continue
        symbol = re.sub(r"@.*", "", match.group(1))  # Without a version: memcpy@GLIBC_2.14.
        for pattern, instead in BANNED:
            if re.fullmatch(pattern, symbol):
                yield f"{member}: {symbol}: {instead}"


def main():
    status = 0
    for archive in sys.argv[1:]:
        listing = subprocess.run(["nm", "-uC", archive], capture_output=True, text=True, check=True)
        for line in findings(listing.stdout):
            print(f"{archive}: {line}")
            status = 1
    sys.exit(status)


if __name__ == "__main__":
    main()
