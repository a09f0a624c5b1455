// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/preview.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/nn/pixels.h"
#include "core/weights/safetensors.h"

#include <QTest>

#include <cmath>

namespace {

const std::filesystem::path mini = MINI_MODEL;

struct Vae
{
    AutoencoderConfig config =
        autoencoderConfigFromJson(readText(mini / "vae/config.json"), "config.json");
    Weights w;

    Vae()
    {
        Weights::Dict dict;
        for (const auto& [name, tensor] :
             loadSafetensors(mini / "vae/diffusion_pytorch_model.safetensors"))
            dict[name] = tensor.to(at::kFloat);
        w = Weights(std::move(dict));
    }

    /// The scaled latents of pictures.
    Tensor latents(const std::vector<Image>& images) const
    {
        std::vector<Tensor> rows;
        for (const Image& image : images)
            rows.push_back(encode(config, w, toTensor(image)).mean * config.scalingFactor);
        return at::cat(rows);
    }

    /// What the decoder makes of scaled latents, a pixel per cell.
    std::vector<Image> small(const Tensor& latents) const
    {
        const Tensor decoded = decode(config, w, latents / config.scalingFactor);
        return toImages(at::adaptive_avg_pool2d(decoded, latents.sizes().slice(2)));
    }
};

/// Coloured rectangles and discs on a ground, another picture for each number.
Image drawing(int number)
{
    const auto tone = [&](int i) { return uint8_t((number * 97 + i * 61) * 37 % 256); };
    Image image = filled(64, 64, {tone(0), tone(1), tone(2)});
    fill(image, 5 + number % 7, 9, 24, 40, {tone(3), tone(4), tone(5)});
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x)
            if (std::hypot(x - 44, y - 30 - number % 11) < 15)
                fill(image, x, y, 1, 1, {tone(6), tone(7), tone(8)});
    return image;
}

std::vector<Image> drawings(int begin, int end)
{
    std::vector<Image> images;
    for (int number = begin; number < end; ++number)
        images.push_back(drawing(number));
    return images;
}

/// Peak signal-to-noise ratio in dB over all pictures.
double psnr(const std::vector<Image>& a, const std::vector<Image>& b)
{
    double squares = 0, count = 0;
    for (size_t i = 0; i < a.size(); ++i)
        for (size_t j = 0; j < a[i].rgb.size(); ++j, ++count)
            squares += std::pow(double(a[i].rgb[j]) - b[i].rgb[j], 2);
    return 10 * std::log10(255 * 255 / (squares / count));
}

} // namespace

class PreviewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMapIsAppliedCellByCell()
    {
        const PreviewMap map = previewMapFromJson(
            R"({"latent_to_rgb": {"weight": [[1, 0], [0, 1], [0.5, 0.5]], "bias": [0, 0, 1]}})", 2,
            "preview.json");
        const Tensor latent =
            at::tensor({-1.f, 1.f, 1.f, 9.f}).reshape({1, 2, 1, 2}); // cells (-1, 1), (1, 9)
        const auto images = preview(map, latent);
        QCOMPARE(images.size(), size_t(1));
        QCOMPARE(images[0], (Image {.width = 2, .height = 1, .rgb = {0, 255, 255, 255, 255, 255}}));
    }

    void aFileThatIsNoMapIsNamed()
    {
        for (const char* json :
             {"", "{}", R"({"latent_to_rgb": {"weight": [[1], [1, 2], [1]], "bias": [0, 0, 0]}})",
              R"({"latent_to_rgb": {"weight": [[1]], "bias": [0, 0, 0]}})",
              R"({"latent_to_rgb": {"weight": [], "bias": [0, 0, 0]}})",
              R"({"latent_to_rgb": {"weight": [[1], [1], [1]], "bias": [0, 0]}})",
              R"({"latent_to_rgb": {"weight": [[1, 2], [1, 2], [1, 2]], "bias": [0, 0, 0]}})",
              R"({"latent_to_rgb": 1})", R"({"latent_to_rgb": {"weight": [1, 1, 1], "bias": [1]}})",
              R"({"latent_to_rgb": {"weight": [["a"], [1], [1]], "bias": [0, 0, 0]}})"})
            try {
                previewMapFromJson(json, 1, "preview.json");
                QFAIL(json);
            } catch (const Error& error) {
                QVERIFY(std::string(error.what()).starts_with("The file preview.json "));
                QVERIFY(!QByteArray(error.what()).contains("json.exception"));
            }
    }

    void aPictureOfOneColourCanBeFittedTo()
    {
        const Vae vae;
        const Tensor latent = at::full({1, 4, 2, 2}, 0.3);
        const PreviewMap fitted = fitPreviewMap(vae.config, vae.w, latent);
        QVERIFY(at::isfinite(fitted.weight).all().item<bool>());
        QVERIFY(psnr(preview(fitted, latent), vae.small(latent)) > 20);
    }

    void aFittedMapShowsWhatTheDecoderMakes()
    {
        const Vae vae;
        const Tensor own = vae.latents(drawings(0, 24)), others = vae.latents(drawings(24, 30));
        const PreviewMap fitted = fitPreviewMap(vae.config, vae.w, own);
        QCOMPARE(fitted.weight.sizes().vec(), (std::vector<int64_t> {3, 4}));
        QCOMPARE(fitted.bias.sizes().vec(), (std::vector<int64_t> {3}));
        const PreviewMap stored =
            previewMapFromJson(readText(mini / "preview.json"), 4, "preview.json");
        const auto ownPictures = vae.small(own), otherPictures = vae.small(others);
        const double best = psnr(preview(fitted, own), ownPictures);
        const double fit = psnr(preview(fitted, others), otherPictures);
        const double agreement = psnr(preview(fitted, others), preview(stored, others));
        const std::string numbers = std::to_string(best) + " dB, " + std::to_string(fit) + " dB, "
            + std::to_string(agreement) + " dB";
        // Least squares: no other map does better on the latents that were fitted to.
        QVERIFY2(best > psnr(preview(stored, own), ownPictures), numbers.c_str());
        QVERIFY2(fit > 21, numbers.c_str());
        QVERIFY2(agreement > 26, numbers.c_str());
    }
};

QTEST_GUILESS_MAIN(PreviewTest)
#include "tst_preview.moc"
