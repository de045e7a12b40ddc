using AnyFetch.Core.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Images;

/// <summary>Adds the drawing of documents as images.</summary>
internal static class ImageExtensions
{
    public static IServiceCollection AddPageImages(this IServiceCollection services) =>
        services.AddSingleton<IPageImager, ChromiumImager>();
}
