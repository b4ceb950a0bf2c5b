import FoundationEssentials
import Glibc

/// The program under test, run as a process with what it writes caught in files.
struct Program {
  /// How it ended.
  struct Ending {
    /// The exit status, or 128 and the number of the signal that ended it, as shells have it.
    let status: Int32
    let output: String
    let error: String
  }

  private let process: pid_t
  private let outputPath: String
  private let errorPath: String

  /// The executable lies beside the bundle of tests.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/fluke"
  }()

  /// Starts the program in `folder`, where nothing but its caught text is added.
  ///
  /// - Parameters:
  ///   - variables: further ones of its environment, as `NAME=VALUE`.
  ///   - tool: the path of another program to start in its place.
  ///   - input: the path of what it reads as standard input.
  init(
    _ arguments: [String], in folder: String, variables: [String] = [], tool: String? = nil,
    input: String = "/dev/null"
  ) throws {
    let caught = "\(FileManager.default.temporaryDirectory.path)/fluke-\(UInt64.random(in: .min ... .max))"
    (outputPath, errorPath) = (caught + ".out", caught + ".err")
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, flags, 0o600)
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, flags, 0o600)
    // Threads of the tests keep signals from themselves, which a child would inherit.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    unsafe sigemptyset(&noSignals)
    unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    // Spawning has no portable way to change the folder; env becomes the program.
    let words = unsafe (["env", "-C", folder] + variables + [tool ?? Self.path] + arguments).map {
      unsafe strdup($0)
    }
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    var process = pid_t()
    let code = unsafe posix_spawn(&process, "/usr/bin/env", &actions, &attributes, words + [nil], environ)
    guard code == 0 else { throw NotStarted(path: tool ?? Self.path, code: code) }
    self.process = process
  }

  struct NotStarted: Error {
    let path: String
    let code: Int32
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], in folder: String, variables: [String] = [], tool: String? = nil
  ) throws -> Ending {
    try Program(arguments, in: folder, variables: variables, tool: tool).wait()
  }

  /// Runs the program with the words of `line` to its end.
  static func run(_ line: String, in folder: String) throws -> Ending {
    try run(line.split(separator: " ").map(String.init), in: folder)
  }

  /// Whether it is still at work.
  var isRunning: Bool {
    var information = unsafe siginfo_t()
    let answer = unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
    let signal = unsafe information.si_signo
    return answer == 0 && signal == 0
  }

  func send(signal: Int32) {
    _ = kill(process, signal)
  }

  /// Waits for its end.
  func wait() throws -> Ending {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {}
    defer {
      for path in [outputPath, errorPath] { try? FileManager.default.removeItem(atPath: path) }
    }
    let signal = status & 0x7F
    return Ending(
      status: signal == 0 ? status >> 8 & 0xFF : 128 + signal,
      output: String(decoding: try Data(contentsOf: URL(filePath: outputPath)), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: URL(filePath: errorPath)), as: UTF8.self))
  }
}
