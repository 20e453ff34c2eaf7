#include "gui/session.h"

#include "sim/explore/state_diff.h"

#include <exception>
#include <stop_token>
#include <utility>

namespace cleave::gui {

Session::Session() : worker_([this](std::stop_token stop) { work(std::move(stop)); }) {}

Session::~Session() {
  worker_.request_stop();
  wake_.notify_all();
}

void Session::work(std::stop_token stop) {
  while (!stop.stop_requested()) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return !tasks_.empty() || seek_; })) return;
      if (!tasks_.empty()) {
        task = std::move(tasks_.front());
        tasks_.pop_front();
      } else {
        task = *std::exchange(seek_, std::nullopt);
      }
    }
    try {
      task();
    } catch (const std::exception& error) {
      post([this, what = QString::fromUtf8(error.what())] { Q_EMIT failed(what); });
    }
  }
}

void Session::add(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_all();
}

void Session::post(std::function<void()> on_caller) {
  QMetaObject::invokeMethod(this, std::move(on_caller), Qt::QueuedConnection);
}

void Session::open(RecordingRequest request) {
  add([this, request = std::move(request)]() mutable {
    record_as(std::move(request), {nullptr, std::nullopt, Time{}, "as it was"}, true);
  });
}

void Session::open_file(const std::string& file, std::optional<std::uint64_t> seed) {
  add([this, file, seed] {
    record_as(request_of(load_file(file), seed), {nullptr, std::nullopt, Time{}, "as it was"},
              true);
  });
}

void Session::branch(std::size_t parent, Deed deed, Time at) {
  const std::shared_ptr<const Recording> recording = futures_.at(parent).recording;
  add([this, parent, recording, deed = std::move(deed), at] {
    RecordingRequest request = branch_of(*recording, deed, at);
    const Fault& fault = request.loaded.find(request.configuration)->scenario.faults.back();
    Future future{nullptr, parent, fault.at, fault.name};
    record_as(std::move(request), std::move(future), false);
  });
}

void Session::record_as(RecordingRequest request, Future future, bool first) {
  int told = -1;
  request.progress = [this, &told](const Progress& progress) {
    const auto until = static_cast<double>(std::max<std::int64_t>(progress.until.ns, 1));
    const int now = static_cast<int>(1000 * static_cast<double>(progress.at.ns) / until);
    if (now == told) return;
    told = now;
    post([this, now] { Q_EMIT progressed(now); });
  };
  Recorded recorded = record(request);
  future.recording = std::move(recorded.recording);
  if (first) timelines_.clear();
  timelines_.push_back(std::move(recorded.timeline));
  post([this, future = std::move(future), first] {
    if (first) futures_.clear();
    futures_.push_back(future);
    Q_EMIT opened(futures_.size() - 1);
  });
}

void Session::send_frame(std::size_t run) {
  const World& world = timelines_[run].world();
  const auto frame = std::make_shared<const Frame>(Frame{
      run, world.now(), world.event(), std::make_shared<const World>(world), world.state_digest()});
  post([this, frame] { Q_EMIT framed(frame); });
}

// Takes the place of a seek that still waits.
template <class Goal>
void Session::seek_to(std::size_t run, Goal goal) {
  {
    const std::lock_guard lock(mutex_);
    seek_ = [this, run, goal] {
      if (run >= timelines_.size()) return;  // of a session before
      timelines_[run].seek(goal);
      send_frame(run);
    };
  }
  wake_.notify_all();
}

void Session::seek(std::size_t run, Time at) {
  seek_to(run, at);
}

void Session::seek(std::size_t run, EventId event) {
  seek_to(run, event);
}

void Session::explain(std::size_t run, Time at, NodeId left, NodeId right, std::string path) {
  add([this, run, at, left, right, path = std::move(path)] {
    if (run >= timelines_.size()) return;
    const std::optional<EventId> event = first_difference(timelines_[run], path, left, right, at);
    if (!event) return;
    timelines_[run].seek(*event);
    const double seconds = static_cast<double>(timelines_[run].world().now().ns) / 1e9;
    post([this, path = QString::fromStdString(path), value = event->value, seconds] {
      Q_EMIT explained(path, value, seconds);
    });
  });
}

}  // namespace cleave::gui
