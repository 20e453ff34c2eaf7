"""Each query of determinism.clang-query is seen to fire on a planted offence, and on it alone."""

import pathlib
import tempfile
import unittest

import lint

PLANTED = {
    "two-draws-in-one-call": "long f(cleave::Random r) { return g(r.bits(), r.bits()); }",
    "two-draws-in-one-expression": "long f(cleave::Random r) { return r.bits() - r.below(3); }",
    "floating-point": "int f() { auto half = h(1); return half > h(0) ? 1 : 0; }",
    "floating-point-literal": "int f(int a) { return static_cast<int>(a * 0.5); }",
    "compares-addresses": "bool f(const int* a, const int* b) { return a < b; }",
    "ordered-by-address": "struct A { std::map<int*, int> held; };",
    "ordered-by-address-by-reference": "int f(const std::set<const int*>&);",
}
CLEAN = """
long f(cleave::Random r) {
  const long first = r.bits();
  return g(first, r.below(static_cast<long>(3)));
}
bool f(const int* a, const std::map<int, const int*>& b) { return a != nullptr && b.empty(); }
"""
BEFORE = """
#include <map>
#include <set>
namespace cleave {
struct Random {
  long bits();
  long below(long n);
};
}
long g(long a, long b);
double h(int a);
"""


class DeterminismQuery(unittest.TestCase):
    def findings(self, source):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "planted.cc")
            file.write_text(BEFORE
                            + source + "\n")
            said = lint.run(["clang-query", "-f", str(lint.QUERY.resolve()), str(file), "--",
                             "-std=c++20"])
            self.assertEqual(said.returncode, 0, said.stderr)
            self.assertNotIn("rror", said.stdout + said.stderr)
            return said.stdout

    def test_planted_offences(self):
        for name, source in PLANTED.items():
            with self.subTest(name=name):
                self.assertIn(f'"{name}" binds here', self.findings(source))

    def test_clean_code_passes(self):
        self.assertNotIn("Match #", self.findings(CLEAN))


if __name__ == "__main__":
    unittest.main()
