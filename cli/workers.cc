#include "cli/workers.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

// One that a worker is at, and one for it to go on with while its answer is read.
constexpr std::size_t kNumbersAhead = 2;

void check(bool good, const char* what) {
  if (!good) throw std::system_error(errno, std::generic_category(), what);
}

bool write_all(int descriptor, const void* data, std::size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = ::write(descriptor, at, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

bool read_all(int descriptor, void* data, std::size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = ::read(descriptor, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

struct Worker {
  pid_t process = 0;
  int numbers = -1;  // written to
  int answers = -1;  // read from
  std::deque<std::uint64_t> at_work;
};

// Ends when there are no more numbers to come, or nobody to give answers to.
[[noreturn]] void be_worker(int numbers, int answers, const Work& work) {
  std::uint64_t number = 0;
  try {
    while (read_all(numbers, &number, sizeof number)) {
      const std::string text = work.answer(number);
      const std::uint64_t size = text.size();
      if (!write_all(answers, &size, sizeof size) || !write_all(answers, text.data(), text.size()))
        break;
    }
  } catch (...) {
    ::_exit(EXIT_FAILURE);
  }
  ::_exit(EXIT_SUCCESS);  // without what the other process has still to write
}

std::string death_of(int status) {
  if (WIFSIGNALED(status))
    return "a worker was ended by signal " + std::to_string(WTERMSIG(status)) + " (" +
           ::strsignal(WTERMSIG(status)) + ")";
  return "a worker ended with status " + std::to_string(WEXITSTATUS(status));
}

class Crew {
 public:
  explicit Crew(Work work) : work_(std::move(work)) {}
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew() {  // also when `take` throws: what is at work is finished, and heard by nobody
    for (Worker& worker : workers_)
      dismiss(worker);
  }

  void run() {
    const std::size_t size = std::min(work_.workers, work_.numbers.size());
    while (workers_.size() < size)
      hire();
    while (std::any_of(workers_.begin(), workers_.end(), is_busy))
      hear(wait());
  }

 private:
  static bool is_busy(const Worker& worker) { return !worker.at_work.empty(); }

  void hire() {
    std::array<int, 2> numbers{};
    std::array<int, 2> answers{};
    check(::pipe2(numbers.data(), O_CLOEXEC) == 0, "cannot make a pipe");
    check(::pipe2(answers.data(), O_CLOEXEC) == 0, "cannot make a pipe");
    const pid_t process = ::fork();
    check(process >= 0, "cannot start a worker");
    if (process == 0) {
      // The ends of the others: a worker learns that this process is gone by the end of its pipe.
      for (const Worker& other : workers_) {
        ::close(other.numbers);
        ::close(other.answers);
      }
      ::close(numbers[1]);
      ::close(answers[0]);
      be_worker(numbers[0], answers[1], work_);
    }
    ::close(numbers[0]);
    ::close(answers[1]);
    workers_.push_back({process, numbers[1], answers[0], {}});
    feed(workers_.back());
  }

  void feed(Worker& worker) {
    while (worker.at_work.size() < kNumbersAhead && !work_.numbers.empty()) {
      const std::uint64_t number = work_.numbers.front();
      work_.numbers.pop_front();
      worker.at_work.push_back(number);
      // If it cannot take it, it is dead: that is noticed where its answers are read.
      write_all(worker.numbers, &number, sizeof number);
    }
  }

  // The first worker that has something to say; one that has nothing to do stays unasked.
  std::size_t wait() const {
    std::vector<pollfd> ends;
    for (const Worker& worker : workers_)
      ends.push_back({is_busy(worker) ? worker.answers : -1, POLLIN, 0});
    while (::poll(ends.data(), ends.size(), -1) < 0)
      check(errno == EINTR, "cannot wait for workers");
    const auto end =
        std::find_if(ends.begin(), ends.end(), [](const pollfd& e) { return e.revents != 0; });
    return static_cast<std::size_t>(end - ends.begin());
  }

  void hear(std::size_t index) {
    Worker& worker = workers_[index];
    std::uint64_t size = 0;
    Answer answer{worker.at_work.front(), "", ""};
    bool whole = read_all(worker.answers, &size, sizeof size);
    if (whole) {
      answer.text.resize(size);
      whole = read_all(worker.answers, answer.text.data(), size);
    }
    worker.at_work.pop_front();
    if (whole) {
      feed(worker);
    } else {
      answer.text.clear();
      work_.numbers.insert(work_.numbers.begin(), worker.at_work.begin(), worker.at_work.end());
      worker.at_work.clear();
      answer.death = death_of(dismiss(worker));
      workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(index));
      if (!work_.numbers.empty()) hire();
    }
    work_.take(std::move(answer));
  }

  static int dismiss(const Worker& worker) {
    ::close(worker.numbers);
    ::close(worker.answers);
    int status = 0;
    while (::waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
  }

  Work work_;
  std::vector<Worker> workers_;
};

}  // namespace

void work_off(Work work) {
  Crew(std::move(work)).run();
}

std::size_t usable_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<std::size_t>(std::max(CPU_COUNT(&set), 1));
}

}  // namespace cleave::cli
