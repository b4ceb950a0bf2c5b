extension DataOptions {
  /// Refuses what only a file can be asked for.
  ///
  /// - Throws: ``ConfigurationError/notTogether(option:with:remedy:)``.
  func checkFileOptions(with source: String) throws(ConfigurationError) {
    let given = [
      ("columns", columns != nil), ("symbol", symbol != nil), ("adjusted", adjusted),
    ]
    for (option, isGiven) in given where isGiven {
      throw .notTogether(option: option, with: source, remedy: "leave it out or give a file with --data FILE")
    }
  }

  /// Refuses what only bars that are not made up can be asked for.
  ///
  /// - Throws: ``ConfigurationError/notTogether(option:with:remedy:)``.
  func checkRealOptions(with source: String) throws(ConfigurationError) {
    try checkFileOptions(with: source)
    for (option, isGiven) in [("from", from != nil), ("to", to != nil)] where isGiven {
      throw .notTogether(
        option: option, with: source, remedy: "leave it out; --bars says how many bars are made")
    }
  }
}
