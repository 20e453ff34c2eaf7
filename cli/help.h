// What --help prints: how a verb is written, what its options mean, examples.
#pragma once
#include <CLI/CLI.hpp>

#include <string>

namespace cleave::cli {

class Help : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
};

}  // namespace cleave::cli
