//! Records: the frozen classes that messages and results are made of.
//!
//! All of them share one implementation. A class is a [`Shape`], which says what its members are called; an instance
//! holds its members in the order of the shape, as they were given. A wrong type is found when the message is built, by
//! the parser that finds it for every language.

use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyDictMethods, PyList, PyString, PyTuple, PyType};
use pyo3::{IntoPyObjectExt as _, PyClass, PyTypeInfo};

use crate::generated::TEXT;
use crate::{masked, to_dict};

/// What a class of records is.
pub(crate) struct Shape {
    /// The class's name.
    pub(crate) name: &'static str,
    /// The member that every instance has alike, such as a message's `type`, and its value.
    pub(crate) constant: Option<(&'static str, &'static str)>,
    /// The other members, in the order of the documentation.
    pub(crate) fields: &'static [Field],
    /// Makes an instance.
    pub(crate) make: fn(Python<'_>, Values) -> PyResult<Py<PyAny>>,
}

/// A member of a class.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) json_name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) nested: Nested,
    pub(crate) shown: Shown,
    /// Whether JSON has the member also where it is null.
    pub(crate) null: bool,
}

/// The records that a member holds, by itself or in a list.
#[derive(Clone, Copy)]
pub(crate) enum Nested {
    None,
    One(&'static Shape),
    /// Told apart by their constant.
    Union(&'static [&'static Shape]),
}

/// How `repr` shows the texts and numbers of a member.
#[derive(Clone, Copy)]
pub(crate) enum Shown {
    /// As they are.
    Plain,
    /// As they are, with the members of a mapping.
    All,
    /// As a masked phone number.
    Number,
    /// As an id of a message.
    Id,
    /// As a word of the gateway's.
    Word,
    /// As the path of a violation.
    Path,
    /// By their length.
    Length,
}

/// The members of an instance; an absent one is `None`.
pub(crate) type Values = Box<[Option<Py<PyAny>>]>;

/// The base of every class of messages and results.
///
/// A record cannot be changed; two records are equal where their class and members are. `repr` shows no text and no
/// full number; the members themselves and `to_dict()` have everything.
#[pyclass(frozen, subclass, module = "wamux")]
pub(crate) struct Record {
    pub(crate) shape: &'static Shape,
    pub(crate) values: Values,
}

impl Record {
    pub(crate) fn new(shape: &'static Shape, values: Values) -> Self {
        Self { shape, values }
    }

    /// The members that are there.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'static Field, &Py<PyAny>)> {
        let members = self.shape.fields.iter().zip(&self.values);
        members.filter_map(|(field, value)| Some((field, value.as_ref()?)))
    }

    /// All members under their names in Python.
    fn keywords<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let keywords = PyDict::new(py);
        // An absent member is given too: a required one may be None.
        for (field, value) in self.shape.fields.iter().zip(&self.values) {
            keywords.set_item(field.name, value)?;
        }
        Ok(keywords)
    }
}

#[pymethods]
impl Record {
    /// The JSON form, in full: members under their names in JSON, without those that are absent.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        to_dict::record_to_dict(py, self, 0)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        masked::record(py, self, 0)
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let Ok(other) = other.cast::<Self>() else {
            return Ok(py.NotImplemented());
        };
        let other = other.get();
        if !std::ptr::eq(self.shape, other.shape) {
            return Ok(py.NotImplemented());
        }
        for pair in self.values.iter().zip(&other.values) {
            let equal = match pair {
                (None, None) => true,
                (Some(own), Some(others)) => own.is(others) || own.bind(py).eq(others.bind(py))?,
                _ => false,
            };
            if !equal {
                return false.into_py_any(py);
            }
        }
        true.into_py_any(py)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        let mut hashes = vec![self.shape.name.into_bound_py_any(py)?.hash()?];
        for value in &self.values {
            hashes.push(match value {
                None => 0,
                // What has no hash, such as a dict, does not take part: equal records still hash alike.
                Some(value) => match value.bind(py).hash() {
                    Ok(hash) => hash,
                    Err(error) if error.is_instance_of::<PyTypeError>(py) => 0,
                    Err(error) => return Err(error),
                },
            });
        }
        PyTuple::new(py, hashes)?.hash()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let rebuild = py.import("wamux._native")?.getattr("_rebuild")?;
        let arguments = (slf.get_type(), slf.get().keywords(py)?);
        (rebuild, arguments).into_pyobject(py)
    }

    /// The same record with some members changed.
    #[pyo3(signature = (**changes))]
    fn __replace__<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let keywords = slf.get().keywords(slf.py())?;
        if let Some(changes) = changes {
            keywords.update(changes.as_mapping())?;
        }
        slf.get_type().call((), Some(&keywords))
    }
}

/// Makes a record again from its class and members, for pickle and copy.
#[pyfunction]
pub(crate) fn _rebuild<'py>(
    class: &Bound<'py, PyType>,
    members: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    class.call((), Some(members))
}

/// A member as a class gives access to it.
#[pyclass(frozen, module = "wamux._native", name = "_Member")]
struct Member {
    index: usize,
    shape: &'static Shape,
    #[pyo3(get, name = "__doc__")]
    doc: &'static str,
}

#[pymethods]
impl Member {
    #[getter]
    fn __name__(&self) -> &'static str {
        self.shape.fields[self.index].name
    }

    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        instance: &Bound<'py, PyAny>,
        _owner: Option<&Bound<'py, PyAny>>,
    ) -> Bound<'py, PyAny> {
        let py = slf.py();
        let Ok(record) = instance.cast::<Record>() else {
            return slf.clone().into_any();
        };
        match record.get().values.get(slf.get().index) {
            Some(Some(value)) => value.bind(py).clone(),
            _ => py.None().into_bound(py),
        }
    }

    fn __set__(&self, _instance: &Bound<'_, PyAny>, _value: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(self.read_only())
    }

    fn __delete__(&self, _instance: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(self.read_only())
    }
}

impl Member {
    fn read_only(&self) -> PyErr {
        PyAttributeError::new_err(format!(
            "a {} cannot be changed; make another one with another `{}`",
            self.shape.name, self.shape.fields[self.index].name
        ))
    }
}

/// Adds classes of records to a module.
pub(crate) trait AddRecords {
    /// Adds a class and its members.
    fn add_record<T: PyClass + PyTypeInfo>(&self, shape: &'static Shape) -> PyResult<()>;

    /// Adds a union of classes that were added before.
    fn add_union(&self, name: &str, classes: &[&str]) -> PyResult<()>;
}

impl AddRecords for Bound<'_, PyModule> {
    fn add_record<T: PyClass + PyTypeInfo>(&self, shape: &'static Shape) -> PyResult<()> {
        let py = self.py();
        let class = T::type_object(py);
        for (index, field) in shape.fields.iter().enumerate() {
            let member = Member {
                index,
                shape,
                doc: field.doc,
            };
            class.setattr(field.name, Py::new(py, member)?)?;
        }
        if let Some((name, value)) = shape.constant {
            class.setattr(name, value)?;
        }
        let names = shape.fields.iter().map(|field| field.name);
        class.setattr(
            "__match_args__",
            PyTuple::new(py, names.collect::<Vec<_>>())?,
        )?;
        self.add(shape.name, class)
    }

    fn add_union(&self, name: &str, classes: &[&str]) -> PyResult<()> {
        let mut union: Option<Bound<'_, PyAny>> = None;
        for class in classes {
            let class = self.getattr(*class)?;
            union = Some(match union {
                None => class,
                Some(union) => union.bitor(class)?,
            });
        }
        self.add(name, union)
    }
}

/// A member as it was given: a list is kept as a tuple and a dict as its copy, so that a record does not change with it.
pub(crate) fn keep(value: Option<Bound<'_, PyAny>>) -> Option<Py<PyAny>> {
    let value = value?;
    Some(match value.cast_exact::<PyList>() {
        Ok(list) => list.to_tuple().into_any().unbind(),
        Err(_) => match value.cast_exact::<PyDict>().map(PyDictMethods::copy) {
            Ok(Ok(copy)) => copy.into_any().unbind(),
            _ => value.unbind(),
        },
    })
}

/// Puts a record in the place of its short form: `text="Hello"` is `text=Text(body="Hello")`.
pub(crate) fn complete(shape: &'static Shape, values: &mut Values, py: Python<'_>) -> PyResult<()> {
    for (field, value) in shape.fields.iter().zip(values) {
        if let (Nested::One(nested), Some(given)) = (field.nested, &*value)
            && std::ptr::eq(nested, &raw const TEXT)
            && given.bind(py).is_instance_of::<PyString>()
        {
            let body = value.take();
            *value = Some((TEXT.make)(py, Box::new([body, None]))?);
        }
    }
    Ok(())
}

/// Declares a class of records: its shape and its constructor.
macro_rules! record {
    (
        $shape:ident, $name:ident, $module:literal, $doc:literal, $constant:expr;
        $($argument:ident $(= $default:ident)? => $field:expr,)*
    ) => {
        pub(crate) static $shape: Shape = Shape {
            name: stringify!($name),
            constant: $constant,
            fields: &[$($field),*],
            make: |py, values| {
                let record = PyClassInitializer::from(Record::new(&$shape, values));
                Ok(Py::new(py, record.add_subclass($name))?.into_any())
            },
        };

        #[doc = $doc]
        #[pyclass(frozen, extends = Record, module = $module)]
        pub(crate) struct $name;

        record!(@constructor $shape, $name; $($argument $(= $default)?),*);
    };
    (@constructor $shape:ident, $name:ident;) => {
        #[pymethods]
        impl $name {
            #[new]
            fn new() -> PyClassInitializer<Self> {
                PyClassInitializer::from(Record::new(&$shape, Box::new([]))).add_subclass(Self)
            }
        }
    };
    (@constructor $shape:ident, $name:ident; $($argument:ident $(= $default:ident)?),+) => {
        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (*, $($argument $(= $default)?),+))]
            fn new(py: Python<'_>, $($argument: Option<Bound<'_, PyAny>>),+) -> PyResult<PyClassInitializer<Self>> {
                let mut values: crate::record::Values = Box::new([$(crate::record::keep($argument)),+]);
                crate::record::complete(&$shape, &mut values, py)?;
                Ok(PyClassInitializer::from(Record::new(&$shape, values)).add_subclass(Self))
            }
        }
    };
}
pub(crate) use record;
