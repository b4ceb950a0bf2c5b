/// What AWS's tools look at to find region, server and credentials: variables, and the files that they or the home
/// folder name.
public struct AWSEnvironment: Sendable {
  /// The variables, by name.
  let variables: [String: String]
  private let config: AWSProfiles
  private let secrets: AWSProfiles

  /// - Parameters:
  ///   - variables: those of the process, or of a test.
  ///   - read: the bytes of a file, `nil` if there is none.
  init(variables: [String: String], read: (_ path: String) -> [UInt8]?) {
    self.variables = variables
    func profiles(_ variable: String, _ name: String, isConfig: Bool) -> AWSProfiles {
      let home = variables["HOME"] ?? ""
      var path = variables[variable].flatMap { $0.isEmpty ? nil : $0 } ?? "~/.aws/\(name)"
      if path.hasPrefix("~/") { path = home + path.dropFirst() }
      return AWSProfiles(String(decoding: read(path) ?? [], as: UTF8.self), isConfig: isConfig)
    }
    config = profiles("AWS_CONFIG_FILE", "config", isConfig: true)
    secrets = profiles("AWS_SHARED_CREDENTIALS_FILE", "credentials", isConfig: false)
  }

  /// What the variables say, and the files of this machine.
  public init(variables: [String: String]) {
    self.init(variables: variables) { try? FileReader.contents(ofFile: $0, limit: AWSProfiles.largestFile) }
  }

  /// The value of a variable that is set to something.
  subscript(variable: String) -> String? {
    variables[variable].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The profile in force.
  var profile: String { self["AWS_PROFILE"] ?? self["AWS_DEFAULT_PROFILE"] ?? "default" }

  /// A setting of the profile in force; the file of credentials goes first.
  func setting(_ name: String) -> String? { secrets[profile, name] ?? config[profile, name] }

  /// Whether any file has the profile in force.
  var hasProfile: Bool { secrets.settings[profile] != nil || config.settings[profile] != nil }

  /// The region: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's, or else `us-east-1`.
  public var region: String {
    self["AWS_REGION"] ?? self["AWS_DEFAULT_REGION"] ?? setting("region") ?? "us-east-1"
  }

  /// The server in place of AWS's own: `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` or the profile's.
  public var endpointURL: String? {
    if self["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true" { return nil }
    return self["AWS_ENDPOINT_URL_S3"] ?? self["AWS_ENDPOINT_URL"] ?? setting("endpoint_url")
  }

  /// How often a request is sent at most, where `AWS_MAX_ATTEMPTS` or the profile says.
  var attempts: Int? { (self["AWS_MAX_ATTEMPTS"] ?? setting("max_attempts")).flatMap { Int($0) } }

  /// The server to ask: `url` if given, else as the environment says.
  ///
  /// - Throws: ``StoreError/badLocation(_:problem:)``.
  func endpoint(url: String?) throws(StoreError) -> S3Endpoint {
    guard let url = url ?? endpointURL else { return S3Endpoint(region: region) }
    return try S3Endpoint(url: url, region: region)
  }
}
