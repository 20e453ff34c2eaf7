#include "sim/report/file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

namespace cleave {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::path(testing::TempDir()) /
             ("cleave-file-" + std::to_string(::getpid()) + "-" +
              testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(folder); }

  static std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  }
  std::string message_of_writing(const fs::path& path, std::string_view text = "x") const {
    try {
      write_file(path, text);
    } catch (const FileError& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder;
};

TEST_F(File, is_written_and_replaced_and_nothing_else_is_left) {
  write_file(folder / "report.json", "first");
  EXPECT_EQ(content(folder / "report.json"), "first");
  write_file(folder / "report.json", "2");
  EXPECT_EQ(content(folder / "report.json"), "2");
  EXPECT_EQ(files(), 1);
}

TEST_F(File, keeps_its_permissions_when_replaced) {
  write_file(folder / "report", "first");
  fs::permissions(folder / "report", fs::perms::owner_read | fs::perms::owner_write);
  write_file(folder / "report", "second");
  EXPECT_EQ(fs::status(folder / "report").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(File, behind_a_link_is_replaced_and_the_link_stays) {
  write_file(folder / "target", "first");
  fs::create_symlink("target", folder / "link");
  write_file(folder / "link", "second");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(content(folder / "target"), "second");
}

TEST_F(File, that_is_a_device_is_written_to_and_not_replaced) {
  write_file("/dev/null", "gone");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  const std::string message = message_of_writing("/dev/full");
  EXPECT_NE(message.find("/dev/full"), std::string::npos) << message;
  EXPECT_NE(message.find("free some space"), std::string::npos) << message;
}

TEST_F(File, in_no_folder_or_named_as_a_folder_is_refused_with_advice) {
  std::string message = message_of_writing(folder / "missing" / "report");
  EXPECT_NE(message.find("make its folder"), std::string::npos) << message;
  message = message_of_writing(folder);
  EXPECT_NE(message.find("give the name of a file"), std::string::npos) << message;
  EXPECT_EQ(files(), 0);
}

TEST_F(File, is_read_up_to_a_limit) {
  write_file(folder / "scenario.yaml", "0123456789");
  EXPECT_EQ(read_file(folder / "scenario.yaml", 100), "0123456789");
  EXPECT_EQ(read_file(folder / "scenario.yaml", 4), "0123");
  EXPECT_EQ(read_file("/dev/zero", 4), std::string(4, '\0'));
}

TEST_F(File, that_cannot_be_read_is_refused_with_advice) {
  const auto message = [](const fs::path& path) -> std::string {
    try {
      return "read: " + read_file(path, 10);
    } catch (const FileError& error) {
      return error.what();
    }
  };
  write_file(folder / "first-cut.yaml", "");
  EXPECT_EQ(message(folder / "fist-cut.yaml"), "cannot read '" +
                                                   (folder / "fist-cut.yaml").string() +
                                                   "': No such file or directory; did you mean '" +
                                                   (folder / "first-cut.yaml").string() + "'?");
  EXPECT_NE(message(folder).find("give the name of a file"), std::string::npos);
  EXPECT_NE(message(folder / "elsewhere" / "x").find("look for it"), std::string::npos);
}

// What a child process of its own kind does; how it ended.
template <class F>
int in_child(F&& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    act();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

void limit_file_size(rlim_t bytes) {
  const rlimit limit{bytes, bytes};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

TEST_F(File, too_large_for_the_disk_leaves_the_old_one) {
  write_file(folder / "report", "old");
  const std::string large(100'000, 'x');
  const int status = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    limit_file_size(50'000);
    if (message_of_writing(folder / "report", large).find("raise the limit") == std::string::npos)
      ::_exit(1);
  });
  EXPECT_EQ(status, 0);
  EXPECT_EQ(content(folder / "report"), "old");
  EXPECT_EQ(files(), 1);
}

TEST_F(File, of_a_process_killed_while_writing_leaves_nothing) {
  write_file(folder / "report", "old");
  const std::string large(100'000, 'x');
  const int status = in_child([&] {
    limit_file_size(50'000);  // writing past it kills
    write_file(folder / "report", large);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGXFSZ);
  EXPECT_EQ(content(folder / "report"), "old");
  EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace cleave
