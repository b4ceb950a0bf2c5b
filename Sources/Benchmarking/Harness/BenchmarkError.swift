/// Why nothing was timed.
public enum BenchmarkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A result is not that of the reference.
  case differs(benchmark: String, what: String, found: String, expected: String)

  public var description: String {
    switch self {
    case .differs(let benchmark, let what, let found, let expected):
      "\(benchmark): \(what) is \(found), expected \(expected) as by the reference; "
        + "nothing more is timed, do not trust this build on this machine and report it"
    }
  }
}
