import Benchmarking
import Foundation

/// A program that is run to its end.
struct ChildProcess {
  /// The program and its arguments.
  let words: [String]

  /// What went wrong with it.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs it with what it prints thrown away.
  ///
  /// - Returns: its largest resident size in bytes, or `nil` where it is hidden: the system counts what the process was
  ///   before it became the program, which is a copy of this one.
  /// - Throws: ``Failure`` unless it ends with status 0.
  func run() throws -> Int? {
    PeakMemory.reset()
    let own = PeakMemory.read() ?? 0
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    let arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawn(&process, words[0], &actions, nil, arguments + [nil], environ)
    guard code == 0 else { throw failure("cannot be started, error \(code)") }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw failure("cannot be waited for, error \(errno)") }
    }
    guard status == 0 else { throw failure("ended with status \(status >> 8), signal \(status & 0x7F)") }
    let peak = Int(usage.ru_maxrss) * 1_024
    return peak > own + own / 10 ? peak : nil
  }

  private func failure(_ what: String) -> Failure {
    Failure(description: "\(words.joined(separator: " ")): \(what)")
  }
}
