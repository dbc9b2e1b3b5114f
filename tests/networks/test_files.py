"""Networks in files: the usual layers under any names are read exactly, everything else is refused in one line."""

import json
import pickle
import zipfile

import numpy
import pytest
from fake_torch import KINDS, fake_torch
from flint import fmpq
from reluproof.theory import Dataset, ReLUNetwork
from reluproof.theory.named_array import LayersError
from reluproof.verify.networks import judge, read_network
from reluproof.verify.networks.alternatives import ALTERNATIVES, as_json, balanced, file_bytes
from reluproof.verify.reading import InputError

from networks.drawn import random_layers


def expected(layers, x):
    """f(x) by numpy in double precision."""
    hidden = numpy.maximum(layers["0.weight"].astype(float)[:, 0] * x + layers["0.bias"].astype(float), 0)
    straight = layers["skip.weight"].astype(float)[:, 0] * x if "skip.weight" in layers else 0
    return layers["2.weight"].astype(float) @ hidden + layers["2.bias"].astype(float) + straight


def close(network, layers):
    """The exact network and numpy agree to rounding."""
    for x in (-2, 0, 1):
        values = [int(value.p) / int(value.q) for value in network(x)]
        assert numpy.allclose(values, expected(layers, x), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kind", ["float16", "float32", "float64"])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("form", ["npz", "safetensors"])
def test_arrays(tmp_path, kind, skip, form):
    """Every float is the dyadic rational that it is."""
    layers = random_layers(1, 7, 3, kind, skip)
    path = tmp_path / f"network.{form}"
    if form == "npz":
        numpy.savez(path, **layers)
    else:
        save_file = pytest.importorskip("safetensors.numpy").save_file
        save_file(layers, path)
    found = read_network(path)
    assert found.format == form
    assert found.types["0.weight"] == kind
    assert [str(n.w) for n in found.network.neurons] == [
        f"{p}/{q}" if q > 1 else str(p) for p, q in (float(w).as_integer_ratio() for w in layers["0.weight"][:, 0])
    ]
    close(found.network, layers)


def test_bfloat16(tmp_path):
    """1.5703125 has eight significant bits, so bfloat16 holds it; the bytes are the upper half of a float32."""
    pytest.importorskip("safetensors")
    header = {
        "0.weight": {"dtype": "BF16", "shape": [2, 1], "data_offsets": [0, 4]},
        "0.bias": {"dtype": "BF16", "shape": [2], "data_offsets": [4, 8]},
        "2.weight": {"dtype": "BF16", "shape": [1, 2], "data_offsets": [8, 12]},
    }
    described = json.dumps(header).encode()
    path = tmp_path / "network.safetensors"
    path.write_bytes(len(described).to_bytes(8, "little") + described + bytes.fromhex("c93f803f00000000803f803f"))
    assert [str(n.w) for n in read_network(path).network.neurons] == ["201/128", "1"]


@pytest.mark.parametrize(
    "rename",
    [
        lambda n: n,
        lambda n: {"0.weight": "fc1.weight", "0.bias": "fc1.bias", "2.weight": "fc2.weight", "2.bias": "fc2.bias"}[n],
        lambda n: {"0.weight": "W1", "0.bias": "b1", "2.weight": "W2", "2.bias": "b2"}[n],
    ],
)
def test_names(rename):
    """The usual names, and none at all."""
    layers = random_layers(2, 5, 2)
    close(ReLUNetwork.from_state_dict({rename(name): array for name, array in layers.items()}), layers)


def test_nested_kernels():
    """flax and Keras keep weights transposed, under `kernel`."""
    layers = random_layers(3, 5, 2)
    dense = {
        "Dense_0": {"kernel": layers["0.weight"].T, "bias": layers["0.bias"]},
        "Dense_1": {"kernel": layers["2.weight"].T, "bias": layers["2.bias"]},
    }
    close(ReLUNetwork.from_state_dict({"params": dense}), layers)


def test_as_many_tasks_as_neurons():
    """Shapes alone cannot tell the biases apart; modules can."""
    layers = random_layers(4, 3, 3)
    close(ReLUNetwork.from_state_dict(layers), layers)
    flat = {name.replace(".", "_"): array for name, array in layers.items()}
    with pytest.raises(LayersError, match="more than one reading: 0_weight"):
        ReLUNetwork.from_state_dict(flat)
    named = dict(zip(("hidden.weight", "hidden.bias", "output.weight", "output.bias"), layers.values(), strict=True))
    close(ReLUNetwork.from_state_dict(named), layers)


def test_json(tmp_path):
    """Neurons in exact numbers, or layers as nested lists of decimals."""
    path = tmp_path / "network.json"
    path.write_text('{"neurons": [{"w": 1, "b": "-1/3", "v": [0.1, 2]}], "slope": [0, 1e-3], "offset": [0, 0]}')
    assert read_network(path).network(1) == ReLUNetwork.from_parameters(
        [(1, "-1/3", ["0.1", 2])], [0, "0.001"], [0, 0]
    )(1)
    path.write_text('{"0.weight": [[0.1], [2]], "0.bias": [0, 1], "2.weight": [[1, 1]], "2.bias": ["1/3"]}')
    assert [str(n.w) for n in read_network(path).network.neurons] == ["1/10", "2"]


@pytest.mark.parametrize("kinds", KINDS)
def test_tensors(kinds):
    """Parameters as a trained torch model has them, without torch."""
    layers = random_layers(2, 5, 2, "float16")
    close(ReLUNetwork.from_state_dict({name: fake_torch(array, **kinds) for name, array in layers.items()}), layers)


def test_jax_bfloat16():
    """A type that numpy has only with jax."""
    numbers = pytest.importorskip("jax.numpy")
    layers = {"0.weight": numbers.array([[1.5703125], [1]], numbers.bfloat16), "2.weight": numbers.ones((1, 2))}
    assert str(ReLUNetwork.from_state_dict(layers).neurons[0].w) == "201/128"


W, V, B, C = numpy.array([[1.0], [2], [-1]]), numpy.array([[1.0, -2, 3]]), numpy.array([1.0, 2, 3]), numpy.array([5.0])


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"fc1.weight": W.T, "fc1.bias": B, "fc2.weight": V.T, "fc2.bias": C}, "not the layers"),
        ({"W1": W.T, "b1": B, "W2": V.T, "b2": C}, "more than one reading"),
        ({"fc1.weight": W.T, "fc2.weight": V.T}, "more than one reading"),
        ({"a.weight": W, "a.bias": B, "b.weight": numpy.eye(3), "c.weight": W}, "more than one reading"),
        ({"h": W, "o": numpy.eye(3), "b": B}, "more than one reading"),
        ({"0.weight": W, "0.bias": B, "2.weight": V, "4.weight": numpy.ones((1, 1))}, "more than one reading"),
        ({"hidden.weight": numpy.ma.array(W, mask=W > 1), "output.weight": V}, "masked"),
        ({"hidden.weight": None, "output.weight": V}, "Python objects"),
        ([W, B, V, C], "a mapping of names"),
    ],
    ids=["transposed", "transposed-flat", "transposed-bare", "skip", "whose-bias", "deeper", "masked", "none", "list"],
)
def test_what_could_be_read_in_another_way(mapping, words):
    """One output: transposed layers have the shapes of others. A third layer of one output looks like a skip."""
    with pytest.raises(LayersError, match=words):
        ReLUNetwork.from_state_dict(mapping)


def test_numbers_in_names_tell_which_is_hidden():
    """One neuron, one output: all shapes agree."""
    found = ReLUNetwork.from_state_dict({"0.weight": [[2]], "0.bias": [1], "2.weight": [[3]], "2.bias": [5]})
    assert found == ReLUNetwork.from_parameters([(2, 1, [3])], [0], [5])


def test_a_byte_order_mark(tmp_path):
    """As some editors write."""
    path = tmp_path / "network.json"
    path.write_bytes(b'\xef\xbb\xbf{"neurons": [], "slope": [0], "offset": [1]}')
    assert str(read_network(path).network(0)[0]) == "1"


def refusal(path):
    """The one line that refuses the file."""
    with pytest.raises(InputError) as caught:
        read_network(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.npz", b"", "empty"),
        ("a.npz", b"PK\x03\x04 damaged", "damaged"),
        ("a.txt", b"hello", "holds no network"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b'{"neurons": []}', "the key 'slope' is missing"),
        ("a.json", b'{"neurons": [{"w": 1, "b": 0}], "slope": [0], "offset": [0]}', "neuron 0 must have exactly"),
        ("a.json", b'{"neurons": [{"w": NaN, "b": 0, "v": [1]}], "slope": [0], "offset": [0]}', "NaN"),
        ("a.json", b'{"neurons": [], "slope": [0], "offset": [0, 1]}', "same number of coordinates"),
        ("a.json", b'{"neurons": [], "slope": [0], "offset": [0], "skip": 1}', "unknown key"),
        ("a.json", b'{"a": 1, "a": 2}', "twice"),
        ("a.json", b'{"W": [[1, 2], [3]]}', "rectangular"),
        ("a.json", b'{"W": 1}', "W is not a list"),
        ("a.json", b"[1]", "not an object"),
        ("a.json", b'{"neurons": 5, "slope": [0], "offset": [0]}', "neurons must be a list"),
        ("a.json", b'{"neurons": null, "slope": [0], "offset": [0]}', "neurons must be a list"),
        ("a.json", b'{"neurons": ["wbv"], "slope": [0], "offset": [0]}', "neuron 0 must have exactly"),
        ("a.json", b'{"a\\nx": [[1], [2]], "b": [[1, 2], [3, 4]], "c": [1, 2]}', "more than one reading"),
        ("a.json", '{"neurons": []}'.encode("utf-16"), "save it as UTF-8"),
        ("a.safetensors", b"", "give .npz, .safetensors or JSON"),
        ("a.pt", b"PK\x03\x04archive/data.pkl", "pickle"),
        ("a.pkl", pickle.dumps([1]), "pickle"),
        ("a.npz", pickle.dumps({"a": 1}), "pickle"),
        ("a.h5", b"\x89HDF\r\n\x1a\n", "HDF5"),
        ("a.safetensors", b"\xff" * 16, "damaged"),
    ],
)
def test_refusals(tmp_path, name, content, words):
    """Every kind of malformed file, in one line that says what is wrong."""
    if name.endswith("safetensors"):
        pytest.importorskip("safetensors")
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"W": numpy.ones((3, 2))}, "these are not the layers"),
        ({"0.weight": numpy.ones((3, 2)), "0.bias": numpy.ones(3), "2.weight": numpy.ones((1, 3))}, "not the layers"),
        ({"0.weight": numpy.ones((3, 1)), "0.bias": numpy.ones(3), "2.weight": numpy.ones((1, 4))}, "not the layers"),
        ({"W": numpy.ones((1, 1)), "b": numpy.ones(1), "V": numpy.ones((1, 1)), "c": numpy.ones(1)}, "more than one"),
        ({"0.weight": numpy.full((2, 1), numpy.nan), "2.weight": numpy.ones((1, 2))}, "finite"),
        ({"hidden.weight": numpy.ones((0, 1)), "output.weight": numpy.ones((1, 0))}, "no elements: save layers"),
        ({"0.weight": numpy.ones((2, 1), complex), "2.weight": numpy.ones((1, 2))}, "complex"),
        ({"0.weight": numpy.ones((2, 1), numpy.longdouble), "2.weight": numpy.ones((1, 2))}, "64 bits"),
    ],
)
def test_shapes_that_fit_no_network(tmp_path, arrays, words):
    """The names seen and their shapes are in the refusal."""
    path = tmp_path / "network.npz"
    numpy.savez(path, **arrays)
    assert words in refusal(path)


def test_an_archive_that_unpacks_to_too_much(tmp_path):
    """Zeros pack a thousandfold; what is unpacked is bounded."""
    path = tmp_path / "network.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("W.npy", "w") as member:
        for _ in range(300):
            member.write(bytes(2**20))
    assert "large" in refusal(path)


def test_what_is_written_reads_back(tmp_path):
    """JSON is exact; arrays keep names, shapes and types, and say that they round."""
    path = tmp_path / "network.npz"
    numpy.savez(path, **random_layers(5, 6, 2, "float32", skip=True))
    source = read_network(path)
    data = Dataset.from_fractions([-1, 0, 1, 2], [[0, 0]] * 4)
    judged = judge(data, source.network)
    for name, alternative in ALTERNATIVES.items():
        network = alternative(judged)
        if name == "sparsest":
            assert all(network(x) == source.network(x) for x in data.points)
            assert network.width == judged.sparsest_width
        else:
            assert network.to_spline() == source.network.to_spline()
        content, notes = file_bytes(network, source)
        path.write_bytes(content)
        again = read_network(path)
        assert again.types == source.types
        assert again.network.width == network.width
        assert (again.network != network) == any("rounded to float32" in note for note in notes)
        path.with_suffix(".json").write_text(json.dumps(as_json(network)))
        assert read_network(path.with_suffix(".json")).network == network


@pytest.mark.parametrize("suffix", ["", ":0"])
def test_kernels_are_written_transposed(tmp_path, suffix):
    """Under the names that Keras gives, in its layout."""
    layers = random_layers(3, 5, 2)
    path = tmp_path / "network.npz"
    arrays = {
        f"dense/kernel{suffix}": layers["0.weight"].T,
        f"dense/bias{suffix}": layers["0.bias"],
        f"dense_1/kernel{suffix}": layers["2.weight"].T,
        f"dense_1/bias{suffix}": layers["2.bias"],
    }
    numpy.savez(path, **arrays)
    source = read_network(path)
    judged = judge(Dataset.from_fractions([-1, 0, 1, 2], [[0, 0]] * 4), source.network)
    content, notes = file_bytes(balanced(judged), source)
    path.write_bytes(content)
    with numpy.load(path) as again:
        assert {name: array.shape for name, array in again.items()} == {n: a.shape for n, a in arrays.items()}
    assert len(notes) == 1
    there = read_network(path).network
    for x in (0, 1):
        assert all(abs(a - b) < fmpq(1, 10**5) for a, b in zip(there(x), source.network(x), strict=True))


def test_judge_takes_what_a_caller_has(tmp_path):
    """Data and networks as values, arrays, files; one kind of refusal."""
    x, y = numpy.array([-1.0, 0.5, 1.0, 2.0]), numpy.array([[0.0, 1], [1, 0], [2, 1], [0, 0]])
    layers = random_layers(6, 5, 2)
    table, path = tmp_path / "table.csv", tmp_path / "network.npz"
    table.write_text("".join(f"{p},{a},{b}\n" for p, (a, b) in zip(x, y, strict=True)))
    numpy.savez(path, **layers)
    wanted = judge(Dataset.from_arrays(x, y), ReLUNetwork.from_state_dict(layers))
    for found in (judge((x, y), layers), judge(x, layers, y), judge(str(table), path)):
        assert (found.network, found.misfit) == (wanted.network, wanted.misfit)
        assert (found.excess.lower, found.excess.upper) == (wanted.excess.lower, wanted.excess.upper)
    for data, network in [((x, y[:, :1]), layers), (x, layers), ((x, y), 5), ((x, y), {"W": x}), ((x, y), "none.npz")]:
        with pytest.raises(InputError):
            judge(data, network)


def test_balancing():
    """The function stays the same exactly, the imbalance all but goes."""
    network = ReLUNetwork.from_state_dict(random_layers(6, 9, 2, "float64"))
    data = Dataset.from_fractions([-1, 0, 1, 2], [[0, 0]] * 4)
    before = judge(data, network)
    after = judge(data, balanced(before))
    assert after.spline == before.spline
    assert after.imbalance.upper < before.imbalance.lower / 10**12


def test_more_numbers_than_are_read_exactly_are_counted_first(tmp_path):
    """A small archive of many zeros: refused before any of them becomes an exact number."""
    path = tmp_path / "network.npz"
    numpy.savez_compressed(path, w=numpy.zeros(6_000_000, numpy.int8), b=numpy.zeros(6_000_000, numpy.int8))
    with pytest.raises(InputError, match="holds 12000000 numbers: at most 10000000 are read exactly"):
        read_network(path)
