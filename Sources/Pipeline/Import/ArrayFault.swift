/// Why a NumPy file cannot be used as a matrix of returns.
public enum ArrayFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// Several arrays in an archive (`.npz`).
  case archive
  /// Python objects instead of an array.
  case pickle
  case version(major: UInt8, minor: UInt8)
  /// A header that is no description of an array.
  case header(found: String, needed: String)
  case headerLength(found: Int, limit: Int)
  case elementType(String)
  /// Records, Python objects, text or times, each of which may hold times beside numbers.
  case records(String)
  /// Rows of names were said to be in it.
  case noNames
  /// Elements that cannot be signals.
  case signalType(String)
  case dimensions([Int])
  case noReturns([Int])
  case tooManyReturns([Int], limit: Int)
  /// Fewer bytes than the format or the shape needs.
  case truncated(part: String, found: Int, needed: Int)
  /// More bytes than the shape needs.
  case leftOver([Int], needed: Int)
  /// A return that is infinite; bar and strategy are counted from 0, as NumPy does.
  case infinite(bar: Int, strategy: Int)

  /// What was found and needed, and what to do; without the name of the file.
  public var description: String {
    switch self {
    case .archive:
      "is an archive, such as .npz, expected one array; write it alone: np.save(file, archive['NAME'])"
    case .pickle:
      "holds pickled Python objects, expected an array of numbers; write np.save(file, x.astype('<f8'))"
    case .version(let major, let minor):
      "the array's format version is \(major).\(minor), expected 1.0 to 3.0; write it again with np.save"
    case .header(let found, let needed):
      "the array's header has \(found), expected \(needed); write it again with np.save"
    case .headerLength(let found, let limit):
      "the array's header is \(found) bytes long, expected at most \(limit); write it again with np.save"
    case .elementType(let found):
      "the array's type is \(found), expected <f8 or <f4; write np.save(file, x.astype('<f8'))"
    case .records(let found):
      "the array's type is \(found), expected numbers; write it as text: "
        + "np.savetxt('x.csv', np.load(file, allow_pickle=True), '%s', ',')"
    case .noNames:
      "is an array of numbers, expected text with rows of names; leave --header-rows out"
    case .signalType(let found):
      "the array's type is \(found), expected booleans, whole or floating-point numbers; "
        + "write np.save(file, x.astype('int8'))"
    case .dimensions(let shape):
      "the array's shape is \(Self.tuple(shape)), expected one or two dimensions, bars × strategies; "
        + "write it again with x.reshape"
    case .noReturns(let shape):
      "the array's shape is \(Self.tuple(shape)), expected at least one bar and one strategy; "
        + "check how it was made"
    case .tooManyReturns(let shape, let limit):
      "the array's shape is \(Self.tuple(shape)), expected at most \(limit) returns; split the array"
    case .truncated(let part, let found, let needed):
      "the array's \(part) ends after \(found) bytes, expected \(needed); copy or write the file again"
    case .leftOver(let shape, let needed):
      "more than the \(needed) bytes of an array of shape \(Self.tuple(shape)), expected one array alone; "
        + "write it again with np.save"
    case .infinite(let bar, let strategy):
      "the return [\(bar), \(strategy)] is infinite, expected finite numbers, or NaN where it is undefined; "
        + "write np.save(file, np.where(np.isinf(x), np.nan, x))"
    }
  }

  /// The shape as Python writes it.
  private static func tuple(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }

  /// The bytes that tell a format.
  static let headLength = 64

  /// What NumPy and Python write besides arrays, in a file that begins with `head`; ``FileKind`` knows all others.
  init?(ofHead head: [UInt8]) {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .archive
    } else if head.count > 1, head[0] == 0x80, head[1] < 10 {
      // Pickles of protocol 2 on begin with its number.
      self = .pickle
    } else {
      return nil
    }
  }
}
