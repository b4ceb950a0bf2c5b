import Testing

extension Tag {
  /// Takes seconds: `swift test --skip` leaves these out by the names of their suites, the whole test run does not.
  @Tag public static var slow: Self
}
