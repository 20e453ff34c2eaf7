#include "cli/command_line.h"

int main(int argc, char** argv) {
  return cleave::cli::main({argv, argv + argc});
}
