#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file of the operating system, closed when it goes away.
///
/// This is the one file that calls POSIX's file functions. They take C strings and raw buffers, hence
/// `unsafe`: each call passes a Swift string, or an array's own buffer with its own count, which lives until
/// the call returns. Interrupted calls are repeated, short writes completed.
struct SystemFile: ~Copyable {
  private let descriptor: Int32

  /// What stands at a path.
  enum Kind: Equatable {
    /// An ordinary file.
    case file(size: Int)
    case folder
    /// A pipe, a device or a socket: written into, never replaced, and perhaps without an end.
    case other
  }

  deinit {
    // An error has no consequence here: whoever wrote has called `close()`.
    if descriptor >= 0 { _ = systemClose(descriptor) }
  }

  /// Opens an existing file for reading or for overwriting; a directory is refused with `EISDIR`.
  static func open(path: String, forWriting: Bool = false) throws(SystemError) -> SystemFile {
    if case .folder = try kind(path: path) { throw SystemError(code: EISDIR) }
    let flags = (forWriting ? O_WRONLY : O_RDONLY) | O_CLOEXEC
    return SystemFile(descriptor: try repeated { systemOpen(path, flags, 0) })
  }

  /// Standard input under a descriptor of its own, so that closing it here leaves it open.
  static func standardInput() throws(SystemError) -> SystemFile {
    SystemFile(descriptor: try repeated { dup(STDIN_FILENO) })
  }

  /// Creates a file that does not exist yet, for writing.
  static func create(path: String) throws(SystemError) -> SystemFile {
    SystemFile(
      descriptor: try repeated { systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) })
  }

  /// Opens a file that is read and grows at its end; it is made where there is none. A link is not followed.
  static func openGrowing(path: String) throws(SystemError) -> SystemFile {
    let flags = O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC
    return SystemFile(descriptor: try repeated { systemOpen(path, flags, 0o666) })
  }

  /// Cuts the file down to its first `size` bytes.
  func truncate(to size: Int) throws(SystemError) {
    _ = try Self.repeated { systemTruncate(descriptor, size) }
  }

  /// Creates a file without a name in `folder`, for writing and reading: it goes when it is closed, even by a crash.
  static func nameless(in folder: String) throws(SystemError) -> SystemFile {
    let path = "\(folder)/\(ArtifactKey.partialPrefix)\(String(UInt64.random(in: .min ... .max), radix: 16))"
    let file = SystemFile(
      descriptor: try repeated { systemOpen(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) })
    try remove(path: path)
    return file
  }

  /// Goes back to the beginning.
  func rewind() throws(SystemError) {
    _ = try Self.repeated { lseek(descriptor, 0, SEEK_SET) }
  }

  /// Writes all of `bytes` at the current end.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    try Self.write(bytes, to: descriptor)
  }

  fileprivate static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      written += try repeated {
        unsafe bytes.withUnsafeBytes { buffer in
          unsafe systemWrite(descriptor, buffer.baseAddress! + written, buffer.count - written)
        }
      }
    }
  }

  /// Reads up to `count` bytes; none at the end.
  func read(upTo count: Int) throws(SystemError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat {
        filled = unsafe systemRead(descriptor, buffer.baseAddress, count)
      } while filled < 0 && errno == EINTR
      if filled < 0 {
        code = errno
        filled = 0
      }
    }
    if code != 0 { throw SystemError(code: code) }
    return bytes
  }

  /// Closes the file; some file systems report a full disk only here.
  consuming func close() throws(SystemError) {
    let result = systemClose(descriptor)
    let code = errno
    discard self
    // An interrupted close has closed the file on Linux; repeating it could close somebody else's.
    if result != 0, code != EINTR { throw SystemError(code: code) }
  }

  /// Gives the file at `source` the name `target`, in place of what has it now, in one step.
  static func rename(from source: String, to target: String) throws(SystemError) {
    _ = try repeated { systemRename(source, target) }
  }

  /// Removes a file.
  static func remove(path: String) throws(SystemError) {
    _ = try repeated { unsafe unlink(path) }
  }

  /// Removes a folder, unless it holds anything; whether it is gone.
  static func removeFolder(path: String) -> Bool { unsafe rmdir(path) == 0 }

  /// Gives the open file the permissions of the file at `path`.
  func takeMode(ofFile path: String) throws(SystemError) {
    var status = stat()
    _ = try Self.repeated { unsafe stat(path, &status) }
    let mode = status.st_mode & 0o7777
    _ = try Self.repeated { fchmod(descriptor, mode) }
  }

  /// Makes a folder; nothing happens if something of that name exists.
  ///
  /// - Returns: whether it was made.
  @discardableResult
  static func makeFolder(path: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try repeated { unsafe mkdir(path, 0o777) }
      return true
    } catch  where error.code == EEXIST { return false }
  }

  /// The path without links, `.` and `..`; `nil` where nothing stands there.
  static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// What stands at `path`, symbolic links followed.
  static func kind(path: String) throws(SystemError) -> Kind {
    var status = stat()
    _ = try repeated { unsafe stat(path, &status) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file(size: Int(status.st_size))
    default: return .other
    }
  }

  /// Whether a symbolic link stands at `path`.
  static func isLink(path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The path that a symbolic link at `path` leads to in the end, which need not exist; `path` itself where there is none.
  ///
  /// - Throws: `ELOOP` for links that lead round.
  static func target(ofLinksAt path: String) throws(SystemError) -> String {
    var path = path
    // As many as Linux follows itself.
    for _ in 0..<40 {
      guard isLink(path: path) else { return path }
      let name = try linkText(path: path)
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      path = name.hasPrefix("/") ? name : folder + name
    }
    throw SystemError(code: ELOOP)
  }

  private static func linkText(path: String) throws(SystemError) -> String {
    var length = 0
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, filled in
      length = unsafe buffer.withMemoryRebound(to: CChar.self) { text in
        unsafe readlink(path, text.baseAddress!, text.count)
      }
      code = errno
      filled = max(length, 0)
    }
    if length < 0 { throw SystemError(code: code) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func repeated<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw SystemError(code: errno) }
    }
  }
}

// The methods above have the names of the functions that they call.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags, mode)
}
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
private func systemTruncate(_ descriptor: Int32, _ size: Int) -> Int32 { ftruncate(descriptor, size) }
private func systemRename(_ source: String, _ target: String) -> Int32 { unsafe rename(source, target) }
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
  unsafe write(descriptor, buffer, count)
}

/// The three files that every process is given.
public enum StandardFiles {
  /// Opens those that are closed on `/dev/null`. Otherwise the next file that is opened would get the number, and what is
  /// meant for the terminal would be written into it.
  public static func openClosed() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest number that is free is the one that is opened.
      _ = systemOpen("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0)
    }
  }
}

/// Standard error, for whoever talks to a person.
public enum StandardError {
  /// Writes `text`; a failure has nobody left to be told.
  public static func write(_ text: String) {
    try? SystemFile.write(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Writes a constant in one call and without memory of its own, which a signal handler may do.
  static func writeConstant(_ text: StaticString) {
    _ = unsafe systemWrite(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}

/// Standard output, for results.
public enum StandardOutput {
  /// Writes all of `text`.
  ///
  /// - Throws: ``StoreError/cannotPrint(_:)``: a result that is cut short must not pass for one.
  public static func write(_ text: String) throws(StoreError) { try write(Array(text.utf8)) }

  /// Writes all of `bytes`.
  ///
  /// - Throws: ``StoreError/cannotPrint(_:)``.
  public static func write(_ bytes: [UInt8]) throws(StoreError) {
    do { try SystemFile.write(bytes, to: STDOUT_FILENO) } catch { throw .cannotPrint(error) }
  }
}

/// What standard output and standard error are shown on.
public enum SystemTerminal {
  /// Whether a person may be looking at `descriptor`.
  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Characters of a line of the terminal that `descriptor` is, if it says so.
  public static func columns(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// What this process does when a signal comes.
enum SystemSignal {
  /// Calls `handler` from now on.
  static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    _ = signal(number, handler)
  }

  /// Lets the signal pass.
  static func ignore(_ number: Int32) {
    _ = signal(number, SIG_IGN)
  }

  /// Whether the signal passes without any effect, as the parent process has set it.
  static func isIgnored(_ number: Int32) -> Bool {
    let handler = signal(number, SIG_IGN)
    _ = signal(number, handler)
    // SIG_IGN is the address 1, and functions cannot be compared.
    return unsafe unsafeBitCast(handler, to: Int.self) == 1
  }
}

/// The time that passes.
enum SystemClock {
  /// Stops this thread for so many seconds, below one.
  static func sleep(seconds: Double) {
    usleep(UInt32(seconds * 1e6))
  }
}
