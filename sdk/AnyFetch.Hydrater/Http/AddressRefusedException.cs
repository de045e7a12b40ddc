namespace AnyFetch.Hydrater.Http;

/// <summary>A name led to private addresses only.</summary>
internal sealed class AddressRefusedException() : Exception("Private addresses are not allowed.");
