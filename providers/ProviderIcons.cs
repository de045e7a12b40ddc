namespace AnyFetch.Providers;

/// <summary>Marks the assembly that holds the providers' icons, each as the resource <c>{folder}/icon.svg</c>.</summary>
public static class ProviderIcons;
