#include "cli/workers.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

namespace cleave::cli {
namespace {

struct Heard {
  std::map<std::uint64_t, std::string> texts;
  std::map<std::uint64_t, std::string> deaths;
};

Heard hear(std::uint64_t numbers, std::size_t workers,
           std::function<std::string(std::uint64_t)> answer) {
  std::signal(SIGPIPE, SIG_IGN);
  Heard heard;
  Work work;
  for (std::uint64_t i = 0; i < numbers; ++i)
    work.numbers.push_back(i);
  work.workers = workers;
  work.answer = std::move(answer);
  work.take = [&heard](const Answer& said) {
    auto& all = said.death.empty() ? heard.texts : heard.deaths;
    EXPECT_TRUE(all.emplace(said.number, said.death.empty() ? said.text : said.death).second);
  };
  work_off(std::move(work));
  return heard;
}

TEST(Workers, answer_every_number_once) {
  for (const std::size_t workers : {1u, 2u, 7u, 50u}) {
    const Heard heard = hear(20, workers, [](std::uint64_t n) { return std::to_string(n * n); });
    EXPECT_TRUE(heard.deaths.empty());
    ASSERT_EQ(heard.texts.size(), 20u);
    for (const auto& [number, text] : heard.texts)
      EXPECT_EQ(text, std::to_string(number * number));
  }
}

TEST(Workers, are_other_processes_and_as_many_as_asked_for) {
  const Heard heard = hear(200, 3, [](std::uint64_t) { return std::to_string(::getpid()); });
  std::set<std::string> processes;
  for (const auto& [number, text] : heard.texts)
    processes.insert(text);
  EXPECT_FALSE(processes.contains(std::to_string(::getpid())));
  EXPECT_LE(processes.size(), 3u);
}

TEST(Workers, that_die_take_one_number_with_them_and_no_other) {
  for (const std::size_t workers : {1u, 3u}) {
    const Heard heard = hear(20, workers, [](std::uint64_t n) {
      if (n == 3) std::raise(SIGKILL);
      if (n == 4) ::_exit(9);
      if (n == 19) throw std::runtime_error("unexpected");
      return std::string(1, 'x');
    });
    EXPECT_EQ(heard.texts.size(), 17u);
    ASSERT_EQ(heard.deaths.size(), 3u);
    EXPECT_EQ(heard.deaths.at(3), "a worker was ended by signal 9 (Killed)");
    EXPECT_EQ(heard.deaths.at(4), "a worker ended with status 9");
    EXPECT_EQ(heard.deaths.at(19), "a worker ended with status 1");
  }
}

TEST(Workers, give_back_texts_longer_than_a_pipe_holds) {
  const std::size_t size = 3 << 20;
  const Heard heard =
      hear(5, 2, [=](std::uint64_t n) { return std::string(size, static_cast<char>('a' + n)); });
  ASSERT_EQ(heard.texts.size(), 5u);
  EXPECT_EQ(heard.texts.at(4), std::string(size, 'e'));
}

TEST(Workers, are_sent_home_when_their_answers_are_not_wanted) {
  Work work;
  for (std::uint64_t i = 0; i < 100; ++i)
    work.numbers.push_back(i);
  work.workers = 2;
  work.answer = [](std::uint64_t) { return std::string("x"); };
  work.take = [](const Answer&) { throw std::runtime_error("the disk is full"); };
  EXPECT_THROW(work_off(std::move(work)), std::runtime_error);
}

TEST(Workers, are_not_needed_for_nothing) {
  EXPECT_TRUE(hear(0, 4, [](std::uint64_t) { return std::string(); }).texts.empty());
  EXPECT_GE(usable_processors(), 1u);
}

}  // namespace
}  // namespace cleave::cli
