#include "models/messaging/envelope.h"

#include "sim/base/name.h"

#include <string_view>
#include <utility>

namespace cleave::models::messaging {

namespace {

constexpr std::uint32_t kVersion = 1;
constexpr auto kLetter = static_cast<std::uint32_t>(name_hash("letter"));
constexpr auto kSealed = static_cast<std::uint32_t>(name_hash("sealed letter"));
constexpr auto kRank = static_cast<std::uint32_t>(name_hash("rank"));
constexpr std::size_t kWordBytes = 8;

// Words of 64 bits, the lowest byte first, and at the end a text.
class Writer {
 public:
  void word(std::uint64_t value) {
    for (std::size_t i = 0; i < kWordBytes; ++i)
      bytes_.push_back(static_cast<char>(value >> 8 * i & 0xff));
  }
  void numbers(const std::vector<MessageNumber>& all) {
    word(all.size());
    for (const MessageNumber number : all)
      word(number.value);
  }
  void text(std::string_view text) { bytes_ += text; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads zeros beyond the end, and remembers that it did.
class Scanner {
 public:
  explicit Scanner(std::string_view bytes) : left_(bytes) {}
  std::uint64_t word() {
    if (left_.size() < kWordBytes) {
      left_ = {};
      ended_early_ = true;
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = kWordBytes; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(left_[i]);
    left_.remove_prefix(kWordBytes);
    return value;
  }
  std::vector<MessageNumber> numbers() {
    std::vector<MessageNumber> all;
    for (std::uint64_t count = word(); count > 0 && !ended_early_; --count)
      all.push_back({word()});
    return all;
  }
  std::string_view rest() const { return left_; }
  bool ended_early() const { return ended_early_; }

 private:
  std::string_view left_;
  bool ended_early_ = false;
};

void write(Writer& out, const Message& message) {
  out.word(message.number.value);
  out.word(message.conversation);
  out.word(static_cast<std::uint64_t>(message.carried.rank));
  out.numbers(message.carried.after);
  out.word(message.answers ? message.answers->value : 0);  // counters begin at 1
  out.text(message.text);
}

void write(Writer& out, const Receipt& receipt) {
  out.word(receipt.person);
  out.word(static_cast<std::uint64_t>(receipt.status));
  out.numbers(receipt.messages);
}

Message read_message(Scanner& in) {
  Message message;
  message.number = {in.word()};
  message.conversation = static_cast<std::uint32_t>(in.word());
  message.carried.rank = static_cast<std::int64_t>(in.word());
  message.carried.after = in.numbers();
  if (const std::uint64_t answers = in.word(); answers != 0)
    message.answers = MessageNumber{answers};
  message.text = in.rest();
  return message;
}

Receipt read_receipt(Scanner& in) {
  Receipt receipt;
  receipt.person = static_cast<std::uint32_t>(in.word());
  receipt.status = static_cast<MessageStatus>(in.word());
  receipt.messages = in.numbers();
  return receipt;
}

}  // namespace

Blob write_letter(const Letter& letter) {
  Writer out;
  out.word(letter.index());
  std::visit([&out](const auto& held) { write(out, held); }, letter);
  return {kLetter, kVersion, out.take()};
}

Blob seal(const Blob& letter, std::optional<std::int64_t> rank) {
  Writer out;
  out.word(rank ? 1 : 0);
  out.word(static_cast<std::uint64_t>(rank.value_or(0)));
  out.text(letter.bytes());
  return {kSealed, kVersion, out.take()};
}

std::optional<Letter> open(const Blob& sealed) {
  if (sealed.schema() != kSealed || sealed.version() != kVersion) return std::nullopt;
  Scanner in(sealed.bytes());
  const bool ranked = in.word() != 0;
  const auto rank = static_cast<std::int64_t>(in.word());
  Letter letter;
  if (in.word() == 0) {
    Message message = read_message(in);
    if (ranked) message.carried.rank = rank;
    letter = std::move(message);
  } else {
    letter = read_receipt(in);
  }
  if (in.ended_early()) return std::nullopt;
  return letter;
}

Blob write_rank(std::int64_t rank) {
  Writer out;
  out.word(static_cast<std::uint64_t>(rank));
  return {kRank, kVersion, out.take()};
}

std::optional<std::int64_t> read_rank(const Blob& blob) {
  Scanner in(blob.bytes());
  const auto rank = static_cast<std::int64_t>(in.word());
  if (blob.schema() != kRank || in.ended_early()) return std::nullopt;
  return rank;
}

}  // namespace cleave::models::messaging
