using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Configuration;

/// <summary>One concern's options and the section of the configuration that holds them.</summary>
/// <param name="Path">The section, for example <c>Http</c>; empty for the root.</param>
/// <param name="Type">The options class: each of its settable properties is a key.</param>
/// <param name="Register">Binds the section to the options in the container.</param>
public sealed record OptionSection(string Path, Type Type, Action<IServiceCollection, IConfiguration> Register)
{
    /// <summary>The section <paramref name="path"/> holds options of this type.</summary>
    public static OptionSection Of<T>(string path)
        where T : class => new(
            path,
            typeof(T),
            (services, root) => services.AddOptions<T>()
                .Bind(path.Length == 0 ? root : root.GetSection(path))
                .ValidateDataAnnotations()
                .ValidateOnStart());

    /// <summary>The keys of the section.</summary>
    public IEnumerable<OptionKey> Keys => OptionKey.Of(Type, Path);
}
