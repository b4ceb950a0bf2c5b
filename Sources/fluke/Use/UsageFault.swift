/// A command line that makes no sense, in one line of three parts.
struct UsageFault: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
