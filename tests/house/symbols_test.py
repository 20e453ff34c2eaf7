"""The ban list is seen to catch real calls, compiled here, and to pass what a clean core needs."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import symbols

PLANTED = """
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <unordered_map>
long now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }
double curve(double x) { return std::exp(x) + std::pow(x, 0.3); }
int dice() { return std::rand(); }
unsigned dust() { return std::random_device{}(); }
const char* home() { return std::getenv("HOME"); }
void fork_off() { std::thread([] {}).detach(); }
void save() { std::ofstream("a") << 1; }
void chat() { std::cout << 1; }
double number(const char* text) { return std::strtod(text, nullptr); }
int look_up(std::unordered_map<std::string, int>& map) { return map["a"]; }
"""
CLEAN = """
#include <map>
#include <string>
#include <vector>
int grow(std::map<int, std::string>& map, std::vector<int>& list) {
  map[1] = "a" + std::to_string(list.size());
  list.push_back(1);
  return list.at(2);
}
"""


def undefined_symbols(source, *flags):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "planted.cc")
        file.write_text(source)
        subprocess.run(["g++", "-std=c++20", "-O2", *flags, "-c", file, "-o", file.with_suffix(".o")],
                       check=True)
        return subprocess.run(["nm", "-uC", file.with_suffix(".o")], capture_output=True, text=True,
                              check=True).stdout


class Symbols(unittest.TestCase):
    def test_planted_calls_are_named(self):
        said = "\n".join(symbols.findings(undefined_symbols(PLANTED)))
        for call in ["std::chrono::_V2::steady_clock::now()", "exp", "pow", "rand", "getenv",
                     "strtod", "std::cout", "std::_Hash_bytes", "std::random_device::",
                     "std::thread::", "_Prime_rehash_policy"]:
            with self.subTest(call=call):
                self.assertIn(f": {call}", said.replace("std::__detail::", ""))
        self.assertRegex(said, r"(filebuf|fstream).*no files")

    def test_soft_float_is_named(self):
        for call in ["__addsf3", "__muldf3", "__fixdfsi", "__floatsisf", "__extendsfdf2", "__gtdf2"]:
            with self.subTest(call=call):
                self.assertEqual(len(list(symbols.findings(f"                 U {call}\n"))), 1)

    def test_clean_core_passes(self):
        self.assertEqual(list(symbols.findings(undefined_symbols(CLEAN))), [])

    def test_own_names_pass(self):
        for call in ["cleave::Time cleave::time(int)", "cleave::World::clock()", "memcpy@GLIBC_2.14",
                     "cleave::floor_of(cleave::Id)", "std::__throw_length_error(char const*)"]:
            with self.subTest(call=call):
                self.assertEqual(list(symbols.findings(f"                 U {call}\n")), [])


class NoFloat(unittest.TestCase):
    """The flag of the preset no-float makes a float a compile error, and nothing else."""

    def compiles(self, source):
        return subprocess.run(["g++", "-std=c++20", "-mgeneral-regs-only", "-x", "c++", "-c", "-",
                               "-o", "/dev/null"], input=source, capture_output=True, text=True,
                              check=False).returncode == 0

    def test_flag(self):
        self.assertFalse(self.compiles("double half(int a) { return a * 0.5; }"))
        self.assertTrue(self.compiles("int half(int a) { return a / 2; }"))
        self.assertTrue(self.compiles(CLEAN))


if __name__ == "__main__":
    sys.exit(unittest.main())
