"""Each rule of tidy.py is seen to fire on a planted offence, and to keep quiet on its neighbour."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import tidy

HEADER = "// A thing.\n#pragma once\n"
FILES = {"sim/base/time.h", "sim/engine/world.h", "sim/check/fifo.h", "models/catalogue.h",
         "sim/scenario/scenario.h", "cli/options.h", "gui/window.h", "tests/support/lab.h",
         "docs/style.md", "tests/walkthrough/models/store/a.h",
         "models/store/raft/a.h"}

# path, source, what the finding must say (None: there must be none).
CASES = [
    # Floors.
    ("sim/base/a.cc", '#include "sim/engine/world.h"\n', "sim/engine is floor 1, above sim/base"),
    ("sim/engine/a.cc", '#include "models/catalogue.h"\n', "models is floor 2, above sim/engine"),
    ("models/store/a.cc", '#include "sim/scenario/scenario.h"\n', "floor 3, above models"),
    ("sim/report/a.cc", '#include "cli/options.h"\n', "cli is floor 4, above sim/report"),
    ("models/a.cc", '#include "sim/check/fifo.h"\n', "models and sim/check must not see each other"),
    ("sim/check/a.cc", '#include "models/catalogue.h"\n', "must not see each other"),
    ("gui/a.cc", '#include "cli/options.h"\n', "gui and cli must not see each other"),
    ("sim/engine/a.cc", '#include "tests/support/lab.h"\n', "no floor holds it"),
    ("sim/engine/a.cc", '#include "world.h"\n', "write includes from the root"),
    ("sim/other/a.cc", "int a;\n", "a room without a floor"),
    ("sim/engine/a.cc", '#include "sim/base/time.h"\n', None),
    ("sim/scenario/a.cc", '#include "models/catalogue.h"\n#include "sim/check/fifo.h"\n', None),
    ("tests/check/a_test.cc", '#include "models/catalogue.h"\n#include "sim/check/fifo.h"\n', None),
    ("tests/walkthrough/a_test.cc", '#include "models/store/a.h"\n', None),
    ("tests/check/a_test.cc", '#include "models/store/a.h"\n', "write includes from the root"),
    ("tests/walkthrough/models/a.cc", '#include "cli/options.h"\n', "cli is floor 4, above models"),
    ("tests/walkthrough/models/a.cc", "double ratio = 0;\n", "no floating point"),
    ("sim/scenario/a.cc", '#include "models/store/raft/a.h"\n', "sim/scenario names no engine"),
    ("models/a.cc", '#include "models/store/raft/a.h"\n', None),
    # Libraries.
    ("sim/scenario/build.cc", "#include <yaml-cpp/yaml.h>\n", "yaml-cpp only in"),
    ("sim/scenario/parse.cc", "#include <yaml-cpp/yaml.h>\n", None),
    ("sim/report/a.cc", "#include <CLI/CLI.hpp>\n", "CLI11 only in cli/"),
    ("cli/main.cc", "#include <CLI/CLI.hpp>\n", None),
    ("sim/report/a.cc", "#include <QString>\n", "Qt only in gui/"),
    ("sim/base/a.cc", "#include <openssl/evp.h>\n", "only in models/crypto/"),
    ("sim/trace/a.cc", "#include <xxhash.h>\n", "xxHash only in"),
    ("sim/network/a.cc", "#include <boost/regex.hpp>\n", "only Boost.Graph"),
    ("sim/network/a.cc", "#include <boost/graph/adjacency_list.hpp>\n", None),
    ("sim/base/a.cc", "#include <gtest/gtest.h>\n", "GoogleTest only in tests/"),
    ("tests/base/a_test.cc", "#include <benchmark/benchmark.h>\n", "only in tests/bench/"),
    ("tests/base/a_test.cc", "#include <ns3/simulator.h>\n", "only in tests/bench/"),
    # Determinism on floors 0 to 2.
    ("sim/base/a.cc", "#include <random>\n", "<random>: draw from"),
    ("sim/check/a.cc", "#include <unordered_map>\n", "<unordered_map>"),
    ("models/a.cc", "#include <chrono>\n", "<chrono>"),
    ("models/a.cc", "double ratio = 0;\n", "double: no floating point"),
    ("models/a.cc", "int a;\nfloat ratio = 0;\n", "models/a.cc:2: float: no floating point"),
    ("sim/trace/a.cc", "std::sort(a.begin(), a.end());\n", "std::stable_sort"),
    ("sim/trace/a.cc", "std::ranges::sort(a);\n", "std::stable_sort"),
    ("sim/trace/a.cc", "std::stable_sort(a.begin(), a.end());\n", None),
    ("sim/trace/a.cc", "auto h = std::hash<int>{}(1);\n", "std::hash"),
    ("sim/trace/a.cc", 'auto h = std::getenv("HOME");\n', "std::getenv"),
    ("sim/trace/a.cc", "auto h = rand();\n", "the outside world"),
    ("sim/trace/a.cc", "thread_local int a;\n", "thread_local"),
    ("sim/trace/a.cc", "std::uintptr_t a;\n", "uintptr_t"),
    ("sim/engine/message.h", HEADER + "std::uintptr_t a;\n", None),
    ("sim/trace/a.cc", "std::map<const Node*, int> a;\n", "key by Id"),
    ("sim/trace/a.cc", "std::map<int, const Node*> a;\n", None),
    ("sim/trace/a.cc", "// A double-headed arrow.\n", None),
    ("sim/trace/a.cc", 'auto a = "a double";\n', None),
    ("sim/trace/a.cc", "/* a\n double */ int a;\n", None),
    ("sim/report/a.cc", "double ratio = 0;\n", None),
    # Code.
    ("sim/base/a.h", "#pragma once\nint a;\n", "open with one to five lines"),
    ("sim/base/a.h", "// A thing.\nint a;\n", "#pragma once is missing"),
    ("sim/base/a.h", HEADER, None),
    ("sim/base/a.cc", "using namespace std;\n", "using namespace"),
    ("tests/a.cc", "using namespace a;  // NOLINT(google-build-using-namespace): why\n", None),
    ("sim/base/a.cc", "using namespace std::literals;\nusing namespace literals;\n", None),
    ("sim/base/a.cc", "int a;\n" * 401, "401 lines"),
    ("sim/base/a.cc", "int a;\n" * 400, None),
    ("models/ordering/fifo.cc", "Entry fifo_entry() {\n", "must be in fifo_entry.cc"),
    ("models/ordering/fifo_entry.cc", "Entry fifo_entry() {\n", None),
    # Text.
    ("sim/base/a.cc", "int " + "a" * 96 + ";\n", "101 columns"),
    ("sim/base/a.cc", "int " + "a" * 95 + ";\n", None),
    ("sim/base/a.cc", "int a; \n", "blanks at the end"),
    ("docs/a.md", "a\tb\n", "a tab"),
    ("docs/a.md", "a", "the last line does not end"),
    ("docs/a.md", "A TODO.\n", "TODO: finish it"),
    ("docs/a.md", "See [style](stile.md).\n", "the link leads nowhere"),
    ("docs/a.md", "    [&](Outcome outcome) {}\n", None),
    ("docs/a.md", "See [style](style.md#names) and [us](https://example.org).\n", None),
]


class Tidy(unittest.TestCase):
    def test_each_rule(self):
        for path, source, expected in CASES:
            with self.subTest(path=path, source=source[:60]):
                exists = lambda wanted: wanted in FILES
                said = [str(finding) for finding in tidy.check_file(path, source, exists)]
                if expected is None:
                    self.assertEqual(said, [])
                else:
                    self.assertTrue(any(expected in line for line in said), f"said {said}")

    def test_long_file_is_worth_a_look_but_no_offence(self):
        found = list(tidy.check_file("sim/base/a.cc", "int a;\n" * 401, lambda path: False))
        self.assertEqual([finding.offence for finding in found], [False])

    def test_exit_status_tells_of_an_offence(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "sim/base/a.cc")
            file.parent.mkdir(parents=True)
            for source, status in [("int a;\n", 0), ("double a;\n", 1)]:
                file.write_text(source)
                run = subprocess.run([sys.executable, tidy.__file__, folder],
                                     capture_output=True, text=True, check=False)
                self.assertEqual(run.returncode, status, run.stdout)
                self.assertEqual("sim/base/a.cc:1: double" in run.stdout, status == 1, run.stdout)


if __name__ == "__main__":
    unittest.main()
