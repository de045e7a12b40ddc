namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>A server under test: an address and an administrator of a company on it. Nothing else is known of it.</summary>
public sealed record Target(Uri Url, string Email, string Password);
