// Translates ThreadSanitizer's flags into options.
//
// Reference: compiler-rt 19.1, sanitizer_common/sanitizer_flag_parser.cpp.
#include "report/TsanOptions.h"

#include "platform/Process.h"
#include "report/OptionParser.h"

#include <algorithm>
#include <cstring>
#include <unistd.h>

// Null unless the program defines it.
extern "C" [[gnu::weak]] __attribute__((visibility("default"))) const char *
__tsan_default_options();

namespace heddle {
namespace {

struct Translation {
  const char *Theirs;
  const char *Ours; // several: separated by a comma
};
constexpr Translation kTranslations[] = {
    {"color", "color"},
    {"exitcode", "exit-code"},
    {"external_symbolizer_path", "symbolizer"},
    {"halt_on_error", "halt"},
    {"report_bugs", "races,deadlocks,leaks,thread-leaks,misuse,signal-safety"},
    {"report_mutex_bugs", "misuse"},
    {"report_signal_unsafe", "signal-safety"},
    {"report_thread_leaks", "thread-leaks"},
    {"suppressions", "suppressions"}};

// What has no meaning here, or is always so.
constexpr const char *kWithoutEffect[] = {"abort_on_error",
                                          "allocator_may_return_null",
                                          "allow_addr2line",
                                          "atexit_sleep_ms",
                                          "can_use_proc_maps_statm",
                                          "check_printf",
                                          "coverage",
                                          "coverage_dir",
                                          "decorate_proc_maps",
                                          "dedup_token_length",
                                          "die_after_fork",
                                          "disable_coredump",
                                          "enable_annotations",
                                          "fast_unwind_on_fatal",
                                          "fast_unwind_on_malloc",
                                          "flush_memory_ms",
                                          "flush_symbolizer_ms",
                                          "force_background_thread",
                                          "force_seq_cst_atomics",
                                          "handle_abort",
                                          "handle_ioctl",
                                          "handle_segv",
                                          "handle_sigbus",
                                          "handle_sigfpe",
                                          "handle_sigill",
                                          "heap_profile",
                                          "help",
                                          "history_size",
                                          "ignore_interceptors_accesses",
                                          "ignore_noninstrumented_modules",
                                          "intercept_send",
                                          "intercept_strstr",
                                          "intercept_tls_get_addr",
                                          "io_sync",
                                          "legacy_pthread_cond",
                                          "log_exe_name",
                                          "log_to_syslog",
                                          "malloc_context_size",
                                          "max_allocation_size_mb",
                                          "memory_limit_mb",
                                          "no_huge_pages_for_shadow",
                                          "print_cmdline",
                                          "print_full_thread_history",
                                          "print_module_map",
                                          "print_summary",
                                          "print_suppressions",
                                          "profile_memory",
                                          "report_atomic_races",
                                          "report_destroy_locked",
                                          "running_on_valgrind",
                                          "second_deadlock_stack",
                                          "shared_ptr_interceptor",
                                          "soft_rss_limit_mb",
                                          "stack_trace_format",
                                          "stop_on_start",
                                          "strict_memcmp",
                                          "strict_string_checks",
                                          "strip_path_prefix",
                                          "suppress_equal_addresses",
                                          "suppress_equal_stacks",
                                          "symbolize",
                                          "symbolize_inline_frames",
                                          "symbolize_vs_style",
                                          "use_madv_dontdump",
                                          "use_sigaltstack",
                                          "verbosity"};

// ThreadSanitizer adds the process to the name; the streams have names.
std::string logPath(const std::string &Value) {
  if (Value == "stderr")
    return "";
  if (Value == "stdout")
    return "/dev/stdout";
  return Value + "." + std::to_string(getpid());
}

std::string translate(const std::string &Name, const std::string &Value,
                      Options &Out) {
  if (Name == "log_path")
    return setOption("log", logPath(Value), Out);
  if (Name == "detect_deadlocks") {
    bool On = false;
    std::string Error = setOption("lock-orders", "off", Out);
    for (const char *Yes : {"1", "true", "yes"})
      On |= Value == Yes;
    return On ? setOption("lock-orders", "all", Out) : Error;
  }
  for (const Translation &T : kTranslations) {
    if (Name != T.Theirs)
      continue;
    std::string All = T.Ours, Error;
    for (size_t At = 0, End; At <= All.size() && Error.empty(); At = End + 1) {
      End = std::min(All.find(',', At), All.size());
      Error = setOption(All.substr(At, End - At), Value, Out);
    }
    return Error;
  }
  for (const char *Known : kWithoutEffect)
    if (Name == Known)
      return "";
  return "unknown option '" + Name + "'";
}

bool isSeparator(char C) { return strchr(" ,:\n\t\r", C); }

// The value that begins at At, which moves behind it; may stand in quotes.
std::string takeValue(const std::string &Text, size_t &At) {
  size_t Begin = At;
  char Quote = At < Text.size() ? Text[At] : 0;
  if (Quote == '\'' || Quote == '"') {
    At = std::min(Text.find(Quote, Begin + 1), Text.size());
    std::string Value = Text.substr(Begin + 1, At - Begin - 1);
    At += At < Text.size();
    return Value;
  }
  while (At < Text.size() && !isSeparator(Text[At]))
    ++At;
  return Text.substr(Begin, At - Begin);
}

} // namespace

std::vector<std::string> parseTsanOptions(const std::string &Text,
                                          Options &Out) {
  std::vector<std::string> Wrong;
  for (size_t At = 0; At < Text.size();) {
    if (isSeparator(Text[At])) {
      ++At;
      continue;
    }
    size_t Begin = At;
    while (At < Text.size() && !isSeparator(Text[At]) && Text[At] != '=')
      ++At;
    std::string Name = Text.substr(Begin, At - Begin), Error;
    if (At < Text.size() && Text[At] == '=')
      Error = translate(Name, takeValue(Text, ++At), Out);
    else
      Error = "option '" + Name + "' has no value";
    if (!Error.empty())
      Wrong.push_back(Error);
  }
  return Wrong;
}

std::vector<std::string> readTsanOptions(Options &Out) {
  Out.ThreadLeaks = Out.SignalSafety = true;
  std::vector<std::string> Wrong;
  const char *Own = __tsan_default_options ? __tsan_default_options() : nullptr;
  for (const char *Text : {Own, environmentVariable("TSAN_OPTIONS")})
    for (const std::string &Line : parseTsanOptions(Text ? Text : "", Out))
      Wrong.push_back(Line);
  return Wrong;
}

} // namespace heddle
