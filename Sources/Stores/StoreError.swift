#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why the operating system refused, by its error number.
public struct SystemError: Error, Equatable, Sendable {
  /// The value of `errno`.
  public let code: Int32

  public init(code: Int32) {
    self.code = code
  }

  /// A link, a pipe or a device stands where an ordinary file was needed.
  public static let notOrdinary = SystemError(code: ENODEV)
  /// Something else stands where a folder has to be.
  static let notFolder = SystemError(code: ENOTDIR)

  /// Whether there is nothing at the path.
  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether a directory stands where a file was needed.
  public var isDirectory: Bool { code == EISDIR }

  /// The reason in words.
  public var reason: String { words.reason }

  /// What the user can do about it.
  public var remedy: String { words.remedy }

  private var words: (reason: String, remedy: String) {
    switch code {
    case ENOENT: ("it does not exist", "check the path")
    case EACCES, EPERM: ("permission denied", "change the permissions or choose another path")
    case ENOTDIR: ("a part of the path is a file", "choose another path")
    case EISDIR: ("it is a directory", "name a file")
    case EEXIST: ("it exists already", "choose another path")
    case ENOTEMPTY: ("a directory of that name is in the way", "move it or choose another path")
    case ENOSPC: ("the disk is full", "free space or choose another path")
    case EDQUOT: ("the disk quota is used up", "free space or choose another path")
    case EFBIG: ("the file is larger than is allowed here", "raise the limit or choose another path")
    case EROFS: ("the file system is read-only", "choose another path")
    case ENAMETOOLONG: ("the name is too long", "choose a shorter path")
    case ELOOP: ("it has too many symbolic links", "choose another path")
    case EMFILE, ENFILE: ("too many files are open", "raise the limit of open files")
    case ENODEV: ("a link, a pipe or a device is in the way", "move it or choose another path")
    case EIO: ("the device failed", "check the disk")
    case EBADF: ("it is closed", "leave it open")
    default: ("system error \(code)", "choose another path")
    }
  }
}

/// Why bytes could not be kept or fetched.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is nothing to read at `path`, or it may not be read.
  case cannotOpen(path: String, SystemError)
  /// A file or folder cannot be created or replaced.
  case cannotCreate(path: String, SystemError)
  /// Reading or writing failed on the way.
  case inputOutput(path: String, SystemError)
  /// A result cannot be written to standard output.
  case cannotPrint(SystemError)
  /// The content is larger than `limit` bytes.
  case tooLarge(path: String, limit: Int)
  /// `key` cannot name an artifact.
  case badKey(String, problem: String)
  /// An artifact holds other bytes than are recorded.
  case changed(key: String, found: ArtifactSummary, expected: ArtifactSummary)
  /// The set of another run is there, and must not be replaced.
  case occupied(key: String)
  /// Another process is at work there.
  case busy(place: String)
  /// What was written is not there any more.
  case vanished(key: String)
  /// Another upload to the same place has ended at the same time.
  case overtaken(key: String)
  /// Source and target are one place.
  case samePlace(String)
  /// The address of a bucket or of a server cannot be one.
  case badLocation(String, problem: String)
  /// There are no credentials, or none that can be used.
  case noCredentials(String, remedy: String)
  /// A server did not do what it was asked.
  case remote(RemoteFailure)

  /// The exit status of `sysexits.h` for a program that ends with this error: 66 no input, 73 cannot create,
  /// 74 input/output, 65 data, 64 usage, 69 unavailable, 75 try again later, 77 no permission.
  public var exitStatus: Int32 {
    switch self {
    case .cannotOpen: 66
    case .cannotCreate, .occupied, .overtaken: 73
    case .inputOutput, .cannotPrint, .vanished: 74
    case .busy: 75
    case .tooLarge, .changed: 65
    case .badKey, .badLocation, .samePlace: 64
    case .noCredentials: 77
    case .remote(let failure): failure.exitStatus
    }
  }

  public var description: String {
    switch self {
    case .cannotOpen(let path, let cause):
      "\(path): cannot be read, \(cause.reason), expected a readable file; \(cause.remedy)"
    case .cannotCreate(let path, let cause) where cause.isDirectory:
      "\(path): cannot be created, a directory of that name is in the way, expected a writable place; "
        + "move it or choose another path"
    case .cannotCreate(let path, let cause):
      "\(path): cannot be created, \(cause.reason), expected a writable place; \(cause.remedy)"
    case .inputOutput(let path, let cause):
      "\(path): reading or writing failed, \(cause.reason), an earlier file is unchanged; \(cause.remedy)"
    case .cannotPrint(let cause):
      "standard output: cannot be written, \(cause.reason), expected a place for the result; \(cause.remedy)"
    case .tooLarge(let path, let limit):
      "\(path): is larger than \(limit) bytes, expected at most that; split it"
    case .badKey(let key, let problem):
      "artifact key \"\(key)\" \(problem), expected a relative path such as results/trials.csv; "
        + "choose another name"
    case .changed(let key, let found, let expected):
      "\(key): holds \(found.size) bytes with SHA-256 \(found.sha256.prefix(12))…, expected the \(expected.size) with "
        + "\(expected.sha256.prefix(12))… of run.json; run again what makes it"
    case .occupied(let key):
      "\(key): is there already, of another run, expected none; choose another prefix or leave out --no-overwrite"
    case .busy(let place):
      "\(place): another run is at work there, expected one at a time; wait for its end or choose another directory"
    case .vanished(let key):
      "\(key): was written and is not there any more, expected it until the end; run again where nothing else removes files"
    case .overtaken(let key):
      "\(key): another upload to this place ended at the same time, expected one at a time; "
        + "repeat the one whose run is to be there"
    case .samePlace(let place):
      "\(place): is the source and the target, expected two places; choose another target"
    case .badLocation(let text, let problem):
      "\(text): \(problem), expected s3://bucket/prefix, or http://host:port for a server; correct it"
    case .noCredentials(let reason, let remedy):
      "credentials: \(reason), expected a key and its secret; \(remedy)"
    case .remote(let failure):
      "\(failure.place): \(failure.reason); \(failure.remedy)"
    }
  }
}
